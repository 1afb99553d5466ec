/* Only adds: passkeys. */
(function () {
  "use strict";

  function raw(text) {
    var base64 = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base64), function (letter) { return letter.charCodeAt(0); });
  }

  function written(buffer) {
    var letters = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function answered(credential) {
    var response = { clientDataJSON: written(credential.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (credential.response[name]) { response[name] = written(credential.response[name]); }
    });
    return JSON.stringify({
      id: credential.id,
      rawId: written(credential.rawId),
      type: credential.type,
      response: response,
      clientExtensionResults: {}
    });
  }

  /* No list of passkeys is sent: the page does not know who is about to sign in. */
  function get(data) {
    return navigator.credentials.get({ publicKey: {
      challenge: raw(data.challenge),
      rpId: data.host,
      allowCredentials: [],
      userVerification: "preferred",
      timeout: 120000
    } });
  }

  function create(data) {
    return navigator.credentials.create({ publicKey: {
      challenge: raw(data.challenge),
      rp: { id: data.host, name: "Desk" },
      user: {
        id: crypto.getRandomValues(new Uint8Array(32)), name: data.name, displayName: data.name
      },
      pubKeyCredParams: [-8, -7, -257].map(function (algorithm) {
        return { type: "public-key", alg: algorithm };
      }),
      excludeCredentials: data.known.split(" ").filter(Boolean).map(function (id) {
        return { type: "public-key", id: raw(id) };
      }),
      authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
      attestation: "none",
      timeout: 120000
    } });
  }

  function offer(button) {
    var form = button.form;
    var status = button.parentNode.querySelector("[role=status]");
    var field = form.elements[button.dataset.passkey === "get" ? "passkey" : "made"];
    button.parentNode.hidden = false;
    button.addEventListener("click", function () {
      status.textContent = "";
      button.disabled = true; /* a double click would make two */
      (button.dataset.passkey === "get" ? get : create)(button.dataset).then(function (credential) {
        field.value = answered(credential);
        if (form.elements.made && button.dataset.passkey === "get") {
          status.textContent = status.dataset.done;
          button.disabled = false;
          return;
        }
        form.requestSubmit();
      }).catch(function () {
        status.textContent = status.dataset.failed;
        button.disabled = false;
      });
    });
  }

  if (window.PublicKeyCredential) {
    Array.prototype.forEach.call(document.querySelectorAll("[data-passkey]"), offer);
  }
}());
