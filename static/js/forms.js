/* Forms of the desk: a form marked data-live asks again while it is typed in, and swaps the part it names; Enter and the
   arrows go on to what was found. Without this the form has a button. It listens on the document, so that forms in a
   dialog work as well. */
(function () {
  "use strict";
  var timer = 0;
  var asked = null;

  function ask(form) {
    var part = form.dataset.live;
    var query = new URLSearchParams(new FormData(form));
    query.delete("csrfmiddlewaretoken");
    if (asked) asked.abort();
    asked = new AbortController();
    fetch(form.getAttribute("action") + "?" + query, {
      headers: { "HX-Request": "true", "HX-Target": part }, signal: asked.signal, credentials: "same-origin"
    }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : Promise.reject(new Error(String(answer.status)));
    }).then(function (html) {
      var old = document.getElementById(part);
      if (old && form.isConnected) swap(old, html); // a form that is gone asked about another time
    }).catch(function () { /* the button still asks, and says what is wrong */ });
  }

  /* A late answer takes neither the focus of who has gone on to what was found, nor the choice, wherever the focus is:
     an answer to what was typed before the choice was made, and without who was chosen, changes nothing. */
  function swap(old, html) {
    var part = new DOMParser().parseFromString(html, "text/html").getElementById(old.id);
    var focus = old.contains(document.activeElement) && same(part, document.activeElement);
    var chosen = old.querySelector("input:checked");
    var again = chosen && same(part, chosen);
    if (chosen && chosen.value && !again) return;
    old.replaceWith(part);
    if (again) again.checked = true;
    if (focus) focus.focus();
  }

  function same(part, field) {
    return field.name ? part.querySelector("[name='" + field.name + "'][value='" + field.value + "']") : null;
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || !form.dataset.live || event.target.closest("#" + form.dataset.live)) return; // a choice asks nothing
    clearTimeout(timer);
    timer = setTimeout(ask, 150, form);
  });

  function found() {
    return Array.from(document.querySelectorAll("#found .match"));
  }

  /* Whether the list is of the words that stand in the field now. */
  function isAnswered(field) {
    var words = document.querySelector("#found input[name=q]");
    return Boolean(words) && words.value.trim() === field.value.trim();
  }

  /* Nobody fits: what was typed is the name, the number or the address of somebody new. */
  function begin(box) {
    var typed = document.querySelector("form[data-live] [type=search]");
    var words = typed ? typed.value.trim() : "";
    var name = words.indexOf("@") > 0 ? "email" : /^[+\d][\d\s()./-]*$/.test(words) ? "phone" : "name";
    var field = box.querySelector("[name=" + name + "]");
    if (words && field && !box.querySelector("input[name=name]").value && !field.value) field.value = words;
    if (words && field) (name === "name" ? box.querySelector("[name=phone]") : box.querySelector("[name=name]")).focus();
  }

  function isEmpty(box) {
    return !Array.from(box.querySelectorAll("input")).some(function (field) { return field.value; });
  }

  /* By hand or by Enter it begins at once: a toggle is told later, and the next letter would land somewhere else. */
  document.addEventListener("click", function (event) {
    var summary = event.target.closest("#new > summary");
    if (!summary) return;
    event.preventDefault();
    var box = summary.parentNode;
    box.open = !box.open;
    if (box.open && isEmpty(box)) begin(box);
  });

  document.addEventListener("keydown", function (event) {
    var field = event.target;
    var fresh = document.getElementById("new");
    if (event.key === "Enter" && field.type === "search" && fresh && isAnswered(field) && !found().length && field.value.trim().length > 2) {
      event.preventDefault();
      fresh.open = true;
      begin(fresh);
      return;
    }
    var all = found();
    var at = all.indexOf(field);
    var isSearch = field.type === "search" && field.form && field.form.dataset.live;
    if (!all.length || (at < 0 && !isSearch)) return;
    var next = null;
    if (event.key === "ArrowDown") next = all[at + 1];
    else if (event.key === "ArrowUp" && at > 0) next = all[at - 1];
    else if (event.key === "ArrowUp" && at === 0) next = document.querySelector("form[data-live] [type=search]");
    else if (event.key === "Enter" && isSearch && isAnswered(field)) next = all[0];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
})();
