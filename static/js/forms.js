/* Forms of the desk: a form marked data-live asks again while it is typed in, and swaps the part it names.
   Without this the form has a button. It listens on the document, so that forms in a dialog work as well. */
(function () {
  "use strict";
  var timer = 0;
  var asked = null;

  function ask(form) {
    var part = form.dataset.live;
    var query = new URLSearchParams(new FormData(form));
    if (asked) asked.abort();
    asked = new AbortController();
    fetch(form.getAttribute("action") + "?" + query, {
      headers: { "HX-Request": "true", "HX-Target": part }, signal: asked.signal, credentials: "same-origin"
    }).then(function (answer) {
      return answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)));
    }).then(function (html) {
      var old = document.getElementById(part);
      if (old) old.outerHTML = html;
    }).catch(function () { /* the button still asks */ });
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || !form.dataset.live) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 150, form);
  });
})();
