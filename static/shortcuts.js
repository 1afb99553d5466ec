/* Only adds: one key for what links and buttons do. */
(function () {
  "use strict";

  /* On keyboards that write no Latin letters, the key in the same place. */
  var PLACES = {
    KeyJ: "j", KeyK: "k", KeyU: "u", KeyO: "o", KeyX: "x", KeyA: "a", KeyN: "n", Slash: "/"
  };

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  function isTyping(target) {
    return Boolean(target.closest &&
      target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select"));
  }

  function keyOf(event) {
    if (/^[ -~]$/.test(event.key)) { return event.key; }
    if (event.key.length > 1) { return ""; }
    var place = PLACES[event.code] || "";
    return place === "/" && event.shiftKey ? "?" : place;
  }

  function press(key) {
    var found = document.querySelector("[data-key=\"" + key + "\"]:not([aria-current])");
    if (found) { found.click(); }
    return Boolean(found);
  }

  function row() {
    var active = document.activeElement;
    return active && active.closest ? active.closest("table.rows tbody tr") : null;
  }

  function step(by, key) {
    var links = all("table.rows tbody a.ref");
    if (!links.length) { return press(key); }
    var here = row();
    var place = here ? links.indexOf(here.querySelector("a.ref")) : by > 0 ? -1 : links.length;
    var next = links[Math.min(links.length - 1, Math.max(0, place + by))];
    next.focus();
    return true;
  }

  function tick() {
    var box = row() && row().querySelector("input[name=case]");
    if (box) { box.click(); }
    return Boolean(box);
  }

  function take() {
    if (row() && !document.querySelector("input[name=case]:checked")) { tick(); }
    var button = document.querySelector("form[action*=\"/take\"] button");
    if (!press("a") && button) { button.click(); }
    return Boolean(button || document.querySelector("[data-key=a]"));
  }

  function note() {
    var field = document.querySelector("textarea[name=note]");
    if (!field) { return press("n"); }
    field.focus();
    return true;
  }

  function open() {
    var link = row() && row().querySelector("a.ref");
    if (link) { link.click(); }
    return Boolean(link);
  }

  var ACTS = {
    j: function () { return step(1, "j"); },
    k: function () { return step(-1, "k"); },
    u: function () { return press("u"); },
    o: open,
    x: tick,
    a: take,
    n: note,
    "/": function () { return press("/"); },
    "?": function () { return press("?"); }
  };

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey ||
        event.altKey || event.metaKey || isTyping(event.target)) { return; }
    var act = ACTS[keyOf(event)];
    if (act && act()) { event.preventDefault(); }
  });
}());
