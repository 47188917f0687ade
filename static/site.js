// Copy buttons beside citations and addresses, and the key that leads to the search. Everything reads without this file.
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

  function start() {
    document.addEventListener("keydown", focusSearch);
    var words = document.body.dataset;
    if (!navigator.clipboard || !words.copy) {
      return;
    }
    document.querySelectorAll("[data-copy-text]").forEach(function (target) {
      addButton(target, words);
    });
  }

  start();
})();
