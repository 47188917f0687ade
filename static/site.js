// Copy buttons beside citations and addresses, the keys that lead to the search and through lists, a language switch that keeps the
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

  // `j` and `k` lead through the records of a list or the results of a search; from elsewhere to the first in sight.
  var STEPS = { j: 1, k: -1 };

  function stops() {
    var links = document.querySelectorAll(".listing [data-facets] a.permalink, .listing li[data-facets] a, a.search-link");
    return Array.from(links).filter(function (link) { return link.getClientRects().length > 0; });
  }

  function step(event) {
    var way = STEPS[event.key];
    var isWriting = event.target.closest("input:not([type='checkbox']), textarea, select, [contenteditable]");
    if (!way || isWriting || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    var links = stops();
    var at = links.indexOf(document.activeElement);
    var inSight = links.findIndex(function (link) { return link.getBoundingClientRect().top >= 0; });
    var next = links[at >= 0 ? at + way : inSight];
    if (next) {
      event.preventDefault();
      next.focus();
    }
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
  document.addEventListener("keydown", step);
  addButtons();
  keepPlaces();
  foldContents();
})();
