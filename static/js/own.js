/* Our few lines on top of htmx. Everything works without them. */
(function () {
  "use strict";

  /* After "Show times", "Later days" or "All times" the reader goes on at the results; a changed radio keeps its focus. */
  document.addEventListener("htmx:afterSettle", function (event) {
    var request = event.detail.requestConfig;
    var asked = request && request.triggeringEvent ? request.triggeringEvent.type : "";
    if (event.detail.target.id !== "answer" || asked === "change") return;
    var heading = document.getElementById("results");
    if (heading) heading.focus();
  });

  /* One line more when the reader's clock is not the studio's: then a noon there is no noon here. Only then is the
     zone asked for its name, which is slow on a phone and so waits until the page answers to a finger. */
  function isNoonHere(noon) { return +new Date(noon) === +new Date(noon.slice(0, 19)); }

  function sayZone(root) {
    var line = root.querySelector("[data-noons]");
    if (!line || line.dataset.noons.split(" ").every(isNoonHere)) return;
    line.querySelector("b").textContent = Intl.DateTimeFormat().resolvedOptions().timeZone.replace(/_/g, " ");
    line.hidden = false;
  }

  document.addEventListener("htmx:afterSwap", function () { sayZone(document); });
  document.addEventListener("DOMContentLoaded", function () { setTimeout(sayZone, 0, document); });
})();
