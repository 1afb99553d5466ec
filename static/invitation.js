/* Fills an invitation in from the part of its address that no server is sent, and hides it there. */
(function () {
  "use strict";
  var field = document.getElementById("secret");

  if (field && location.hash) {
    field.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }
})();
