/* Only adds: leaving without a trace in the history, and by pressing Shift three times. */
(function () {
  "use strict";
  var leave = document.querySelector("a.leave");
  var presses = 0;
  var last = 0;

  function go() {
    document.documentElement.hidden = true;
    location.replace(leave.href);
  }

  function isTyped() {
    return Array.prototype.some.call(
      document.querySelectorAll("textarea, input[type=text]"),
      function (field) { return field.value !== field.defaultValue; }
    );
  }

  if (leave) {
    leave.addEventListener("click", function (event) {
      event.preventDefault();
      go();
    });
    addEventListener("keydown", function (event) {
      if (event.repeat) { return; }
      presses = event.key === "Shift" && event.timeStamp - last < 1000 ? presses + 1 : 1;
      last = event.timeStamp;
      if (event.key !== "Shift") { presses = 0; }
      if (presses === 3) { go(); }
    });
    /* A page out of the browser's memory may be older than the visit's end. Browsers drop those
       when the cookie changes, as it does on leaving; words being typed are not thrown away. */
    addEventListener("pageshow", function (event) {
      if (event.persisted && !isTyped()) { location.reload(); }
    });
  }
}());
