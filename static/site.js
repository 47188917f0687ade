// Copy buttons beside citations and addresses. Everything reads without this file.
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

  function start() {
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
