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

  /* One line more when the reader's clock is not the studio's. */
  function sayZone(root) {
    var line = root.querySelector("[data-zone]");
    var here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!line || !here || here === line.dataset.zone) return;
    line.querySelector("b").textContent = here.replace(/_/g, " ");
    line.hidden = false;
  }

  document.addEventListener("htmx:afterSwap", function () { sayZone(document); });
  /* The first question for the zone is slow on a phone: it waits until the page answers to a finger. */
  document.addEventListener("DOMContentLoaded", function () { setTimeout(sayZone, 0, document); });
})();
