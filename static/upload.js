/* Only adds: a file goes in pieces as soon as it is chosen, and goes on after a broken line. */
(function () {
  "use strict";
  var PIECE = 8388608;
  var SILENCE = 60000;
  var LOOKING = 600000;
  var RENEWED = 60000;
  var form = document.getElementById("page");
  var box = document.querySelector("[data-upload]");
  if (!form || !box || !window.FileReader || !("upload" in new XMLHttpRequest())) { return; }

  var inputs = Array.prototype.slice.call(box.querySelectorAll("input[type=file]"));
  var names = inputs.map(function (input) { return input.name; });
  var carrier = box.getAttribute("data-carried");
  var bar = document.createElement("progress");
  var said = document.createElement("p");
  var file = null;
  var request = null;
  var silence = 0;
  var pause = 0;
  var tries = 0;
  var had = 0;
  var asked = 0;
  var isLeading = false;
  /* Behind the code no draft holds how far the file came: the page carries it, boxed. */
  var carried = "";
  var last = "";

  bar.max = 100;
  bar.hidden = true;
  said.id = "upload-said";
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");
  bar.setAttribute("aria-labelledby", said.id);
  inputs[0].parentNode.insertBefore(bar, inputs[0].nextSibling);
  inputs[0].parentNode.insertBefore(said, bar.nextSibling);

  function say(words) {
    if (said.textContent !== words) { said.textContent = words; }
  }

  function tell(which, name, value) {
    say(box.getAttribute("data-" + which).replace("{" + name + "}", value));
  }

  function show(bytes) {
    var percent = Math.floor(100 * bytes / (file.size || 1));
    bar.value = percent;
    /* Said aloud at every tenth alone. */
    tell(isLeading ? "leading" : "going", "done", percent - percent % 10);
  }

  /* The page brings the file by itself, or not at all while it goes in pieces. */
  function leaveOut(isOut) {
    inputs.forEach(function (input, at) { input.name = isOut ? "" : names[at]; });
  }

  function halt() {
    clearTimeout(silence);
    clearTimeout(pause);
    pause = 0;
    if (request) { request.abort(); }
    request = null;
  }

  function end(words) {
    halt();
    file = null;
    isLeading = false;
    bar.hidden = true;
    inputs.forEach(function (input) { input.value = ""; });
    say(words);
  }

  function carry() {
    var field = form.elements[carrier] || document.createElement("input");
    field.type = "hidden";
    field.name = carrier;
    field.value = carried;
    box.appendChild(field);
  }

  function finish() {
    var leads = isLeading;
    if (carrier) { carry(); }
    end(box.getAttribute("data-all").replace("{name}", file.name));
    if (leads) { form.submit(); }
  }

  function later(seconds) {
    var least = Math.min(30, Math.pow(2, tries));
    tries += 1;
    pause = setTimeout(ask, 1000 * Math.max(least, seconds));
    tell("broken", "seconds", Math.max(least, seconds));
  }

  function broken() {
    var chosen = file;
    var reader = new FileReader();
    halt();
    reader.onload = function () { if (file && file === chosen) { later(0); } };
    reader.onerror = function () {
      if (file && file === chosen) { end(box.getAttribute("data-unread")); }
    };
    reader.readAsArrayBuffer(file.slice(0, 1));
  }

  function listen(most) {
    clearTimeout(silence);
    silence = setTimeout(broken, most);
  }

  function send(address, headers, body, next) {
    var ours = request = new XMLHttpRequest();
    ours.open("POST", address);
    ours.setRequestHeader("Upload-Token", form.elements.token.value);
    ours.setRequestHeader("Upload-Name", calledAs(file));
    ours.setRequestHeader("Upload-Length", String(file.size));
    if (carried) { ours.setRequestHeader("Upload-Carried", carried); }
    Object.keys(headers).forEach(function (name) { ours.setRequestHeader(name, headers[name]); });
    ours.upload.onprogress = function (event) {
      listen(SILENCE);
      if (body) { show(had * PIECE + Math.min(event.loaded, body.size)); }
    };
    ours.upload.onload = function () { listen(LOOKING); };
    ours.onerror = broken;
    ours.onload = function () { answered(ours, next); };
    listen(SILENCE);
    ours.send(body);
  }

  function answered(ours, next) {
    var told = {};
    try { told = JSON.parse(ours.responseText); } catch (error) { /* a page: busy, or broken */ }
    clearTimeout(silence);
    request = null;
    if (told.token) { form.elements.token.value = told.token; }
    if (told.carried) { carried = told.carried; }
    if (ours.status === 200 && !told.token && box.hasAttribute("data-over")) {
      end(box.getAttribute("data-over")); /* a page instead of an answer: the one to sign in */
    } else if (told.token && ours.status === 200) {
      tries = 0;
      next(told);
    } else if (told.token && ours.status === 409) {
      pause = setTimeout(ask, 1000); /* another window is further, or done */
    } else if (ours.status === 403 || ours.status === 429 || ours.status >= 500) {
      later(Number(ours.getResponseHeader("Retry-After")) || 0);
    } else if (told.words) {
      end(told.words);
    } else {
      giveBack();
    }
  }

  /* Something we do not know is in the way: the page brings the file when it is sent. */
  function giveBack() {
    var leads = isLeading;
    file = null;
    isLeading = false;
    bar.hidden = true;
    leaveOut(false);
    say("");
    if (leads) { form.submit(); }
  }

  function calledAs(one) {
    return encodeURIComponent(Array.from(one.name).slice(0, 200).join(""));
  }

  /* Asking keeps the report open as well. */
  function ask() {
    pause = 0;
    asked = Date.now();
    send(box.getAttribute("data-upload"), {}, null, go);
  }

  function go(told) {
    if (told.whole) { finish(); return; }
    if (told.have < had) { end(box.getAttribute("data-gone")); return; }
    had = told.have;
    show(had * PIECE);
    send(box.getAttribute("data-upload") + "/piece", {
      "Content-Type": "application/octet-stream",
      "Upload-Piece": String(had)
    }, file.slice(had * PIECE, (had + 1) * PIECE), function (then) {
      if (Date.now() - asked < RENEWED) { go(then); } else { ask(); }
    });
  }

  function choose(event) {
    var chosen = event.target.files[0];
    halt();
    file = chosen || null;
    had = tries = 0;
    if (chosen && last !== chosen.size + chosen.name) {
      last = chosen.size + chosen.name;
      carried = "";
    }
    isLeading = false;
    inputs.forEach(function (input) { if (input !== event.target) { input.value = ""; } });
    leaveOut(Boolean(file));
    bar.hidden = !file;
    say("");
    if (file) {
      show(0);
      ask();
    }
  }

  inputs.forEach(function (input) {
    input.addEventListener("change", choose);
    if (input.files.length) { choose({ target: input }); }
  });
  /* “Continue” waits until all is there, unless it is pressed again; other buttons do not.
     “Send” waits however often it is pressed: nothing brings the rest later. */
  form.addEventListener("submit", function (event) {
    var button = event.submitter || document.activeElement;
    if (file && (!isLeading || carrier) && !(button && button.name)) {
      event.preventDefault();
      isLeading = true;
      show(had * PIECE);
    }
  });
  addEventListener("online", function () {
    if (pause) {
      clearTimeout(pause);
      ask();
    }
  });
  addEventListener("pageshow", function (event) {
    if (event.persisted && file && !pause) {
      halt();
      ask();
    }
  });
}());
