// Copy buttons beside citations and addresses, the style of citation that a reader last copied, the keys that lead to
// the search and through lists, a language switch that keeps the place, contents folded on phones, a word on pictures that are wider than their frames. Everything reads without this file.
//
// A key without Ctrl, Alt or Meta may be what a voice or a shaking hand types by mistake. So each such key can be
// turned off, or acts only where the focus is (WCAG 2.2, success criterion 2.1.4).
(function () {
  "use strict";

  var STYLE = "depositary-citation-style";

  // Today as a citation in a style has it: in words, or in digits.
  function accessed(form) {
    var now = new Date();
    var digits = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return String(part).padStart(2, "0");
    });
    var words = now.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    return form.replace("{iso}", digits.join("-")).replace("{date}", words);
  }

  // The text to copy; a citation in a style that asks for it with the day of access.
  function copied(target) {
    var copy = target.cloneNode(true);
    copy.querySelectorAll("[data-accessed]").forEach(function (place) {
      place.textContent = accessed(place.dataset.accessed);
    });
    return copy.textContent.trim();
  }

  // The style is remembered where the browser allows it.
  function rememberStyle(target) {
    var row = target.closest("[data-style]");
    try {
      if (row) {
        localStorage.setItem(STYLE, row.dataset.style);
      }
    } catch (refused) {
      return;
    }
  }

  // The remembered style stands first, in the place of the usual one.
  function showStyle() {
    var first = document.querySelector("[data-chosen-style] [data-style]");
    var remembered = null;
    try {
      remembered = localStorage.getItem(STYLE);
    } catch (refused) {
      return;
    }
    var row = remembered && document.querySelector("[data-style='" + CSS.escape(remembered) + "']");
    if (first && row && row !== first) {
      row.before(first.cloneNode(true));
      first.replaceWith(row);
    }
  }

  function addButton(target, words) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(copied(target)).then(function () {
        button.textContent = words.copied;
        rememberStyle(target);
      });
    });
    target.after(" ", button);
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

  function isHeld(event) {
    return event.ctrlKey || event.altKey || event.metaKey;
  }

  // `/` leads to the search from everywhere but fields in which one writes, unless it is turned off below the page.
  function focusSearch(event) {
    var field = document.getElementById("find");
    var isWriting = event.target.closest("input:not([type='checkbox']), textarea, select, [contenteditable]");
    if (event.key !== "/" || isWriting || !field.hasAttribute("aria-keyshortcuts") || isHeld(event)) {
      return;
    }
    event.preventDefault();
    field.focus();
    field.select();
  }

  var REMEMBERED = "depositary-search-key";

  // A browser may refuse to remember anything; the choice then holds for the page alone.
  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED);
    } catch (refused) {
      return null;
    }
  }

  function remember(choice) {
    try {
      localStorage.setItem(REMEMBERED, choice);
    } catch (refused) {
      // Nothing to be done.
    }
  }

  function offerSearchKey() {
    var box = document.getElementById("search-key");
    var field = document.getElementById("find");
    if (!box || !field) {
      return;
    }
    function apply() {
      if (box.checked) field.setAttribute("aria-keyshortcuts", "/");
      else field.removeAttribute("aria-keyshortcuts");
    }
    function recall() {
      var choice = remembered();
      if (choice) box.checked = choice === "on";
      apply();
    }
    box.addEventListener("change", function () {
      remember(box.checked ? "on" : "off");
      apply();
    });
    // The choice may have been made on another page, to which one has gone and come back, or in another window.
    addEventListener("pageshow", recall);
    addEventListener("storage", recall);
    recall();
    box.closest("p").hidden = false;
    document.addEventListener("keydown", focusSearch);
  }

  // While the focus is in a list of records or in the results of a search, `j` and `k` lead through them.
  var STEPS = { j: 1, k: -1 };
  var RECORDS = ".listing [data-facets], .search-result";

  // The record that is shown next after an element, or last before it.
  function neighbour(element, way) {
    var side = way > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    var beyond = Array.from(document.querySelectorAll(RECORDS)).filter(function (record) {
      return !record.contains(element) && element.compareDocumentPosition(record) & side && record.getClientRects().length > 0;
    });
    return way > 0 ? beyond[0] : beyond[beyond.length - 1];
  }

  function step(event) {
    var way = STEPS[event.key];
    if (!way || !event.target.closest(".listing, .search-results") || isHeld(event)) {
      return;
    }
    var next = neighbour(event.target, way);
    if (next) {
      event.preventDefault();
      (next.querySelector("a.permalink") || next.querySelector("a")).focus();
    }
  }

  // A click gives the focus to the record it falls on.
  function takeFocus(event) {
    var record = event.target.closest(RECORDS);
    if (record) {
      record.tabIndex = -1;
    }
  }

  // Below a picture that is wider than its frame it says how to see the rest.
  function tellWidePictures() {
    document.querySelectorAll(".chart").forEach(function (figure) {
      var frame = figure.querySelector(".pan");
      figure.querySelector(".sideways").hidden = frame.scrollWidth <= frame.clientWidth;
    });
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

  addEventListener("resize", tellWidePictures);
  document.addEventListener("mousedown", takeFocus);
  document.addEventListener("keydown", step);
  offerSearchKey();
  showStyle();
  addButtons();
  keepPlaces();
  foldContents();
  tellWidePictures();
})();
