// Copy buttons beside citations and addresses, the key that leads to the search, a language switch that keeps the
// place, contents folded on phones. Everything reads without this file.
(function () {
  "use strict";

  function addButton(target, words) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(target.textContent.trim()).then(function () {
        button.textContent = words.copied;
      });
    });
    target.insertAdjacentElement("afterend", button);
  }

  // The same page in the other language, at the same place and with the same choice.
  function keepPlace(event) {
    var link = event.currentTarget;
    link.href = link.getAttribute("href").split(/[?#]/)[0] + location.search + location.hash;
  }

  function keepPlaces() {
    document.querySelectorAll(".languages a").forEach(function (link) {
      link.addEventListener("click", keepPlace);
    });
  }

  // Where the contents would push the text out of sight, they wait behind their heading.
  function foldContents() {
    var contents = document.querySelector("details.contents");
    if (contents && matchMedia("(max-width: 42rem)").matches) {
      contents.open = false;
    }
  }

  // `/` leads to the search from everywhere but fields in which one writes.
  function focusSearch(event) {
    var field = document.getElementById("find");
    var isWriting = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || isWriting || !field || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    field.focus();
    field.select();
  }

  function addButtons() {
    var words = document.body.dataset;
    if (!navigator.clipboard || !words.copy) {
      return;
    }
    document.querySelectorAll("[data-copy-text]").forEach(function (target) {
      addButton(target, words);
    });
  }

  document.addEventListener("keydown", focusSearch);
  addButtons();
  keepPlaces();
  foldContents();
})();
