/* The photo of a therapist: shown square before it is saved, and taken where it is dropped. Without this the file field
   does both by itself, and the page shows the photo once it is saved. */
(function () {
  "use strict";
  var LARGEST = 8 * 1024 * 1024;

  function show(box, file) {
    var view = box.querySelector("[data-preview]");
    view.hidden = true;
    if (!file || file.size > LARGEST || !/^image\/(jpeg|png|webp)$/.test(file.type)) return; // the server says why
    createImageBitmap(file).then(function (picture) {
      var canvas = view.querySelector("canvas");
      var side = Math.min(picture.width, picture.height);
      if (box.querySelector("input[type=file]").files[0] === file) {
        canvas.getContext("2d").drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side,
          0, 0, canvas.width, canvas.height);
        view.hidden = false;
      }
      picture.close();
    }).catch(function () { /* no photo: the server says so */ });
  }

  document.querySelectorAll("[data-photo]").forEach(function (box) {
    var field = box.querySelector("input[type=file]");
    field.addEventListener("change", function () { show(box, field.files[0]); });
    box.addEventListener("dragover", function (event) {
      if (Array.from(event.dataTransfer.types).indexOf("Files") < 0) return;
      event.preventDefault();
      box.classList.add("drop-ok");
    });
    box.addEventListener("dragleave", function () { box.classList.remove("drop-ok"); });
    box.addEventListener("drop", function (event) {
      box.classList.remove("drop-ok");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
      show(box, field.files[0]);
    });
    show(box, field.files[0]);
  });
})();
