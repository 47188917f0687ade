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

  function rememberedStyle() {
    try {
      return localStorage.getItem(STYLE);
    } catch (refused) {
      return null;
    }
  }

  // The remembered style stands first, in the place of the usual one.
  function showStyle() {
    var first = document.querySelector("[data-chosen-style] [data-style]");
    var remembered = rememberedStyle();
    var row = remembered && document.querySelector("[data-style='" + CSS.escape(remembered) + "']");
    if (first && row && row !== first) {
      row.before(first.cloneNode(true));
      first.replaceWith(row);
    }
  }

  var CHINESE = /[\u3000-\u9fff\uff00-\uffef](?:[^A-Za-z]*[\u3000-\u9fff\uff00-\uffef])?/g;

  function append(parent, tag, text) {
    var element = document.createElement(tag);
    element.textContent = text || "";
    parent.append(element);
    return element;
  }

  // Words in italics, if they are to be; Chinese ones in a citation of another language say so and stand upright.
  function appendWords(parent, text, isItalic, language) {
    var end = 0;
    function own(words) {
      if (words && isItalic) append(parent, "i", words);
      else parent.append(words);
    }
    if (language !== "zh") {
      Array.from(text.matchAll(CHINESE)).forEach(function (found) {
        own(text.slice(end, found.index));
        append(parent, "span", found[0]).lang = "zh-Hans";
        end = found.index + found[0].length;
      });
    }
    own(text.slice(end));
  }

  // A piece is the number of words that records of the report share, or below zero of the record's own.
  function pieces(found, item, text) {
    return found.forms[item.form][text].map(function (number) {
      return number < 0 ? item.own[-number - 1] : found.shared[number];
    });
  }

  function styleRow(style, citation) {
    var row = document.createElement("div");
    row.dataset.style = style[0];
    append(row, "dt", style[1]);
    var text = append(append(row, "dd"), "span");
    text.className = "citation";
    text.lang = style[2];
    text.dataset.copyText = "";
    citation.forEach(function (piece) {
      if (piece.accessed) append(text, "span").dataset.accessed = piece.accessed;
      else appendWords(text, piece.italic || piece, Boolean(piece.italic), style[2]);
    });
    return row;
  }

  function fileLink(format, key, text) {
    var item = document.createElement("li");
    var link = append(item, "a", format[0]);
    link.type = format[2];
    link.download = key + "." + format[1];
    link.href = "data:" + format[2] + ";charset=utf-8," + encodeURIComponent(text);
    return item;
  }

  // The other styles, and entries for reference managers, are in scripts that many pages share.
  function showCitations(more) {
    var found = window.citations;
    var item = found && found.items[more.dataset.key];
    if (!item) {
      return;
    }
    var list = more.querySelector("dl");
    var files = list.querySelector("ul");
    var shown = document.querySelector("[data-chosen-style] [data-style]").dataset.style;
    var first = list.firstElementChild;
    found.styles.forEach(function (style, number) {
      if (style[0] !== shown) first.before(styleRow(style, pieces(found, item, number)));
    });
    files.prepend.apply(files, found.formats.map(function (format, number) {
      return fileLink(format, more.dataset.key, pieces(found, item, found.styles.length + number).join(""));
    }));
  }

  // Calls `done` once all styles are on the page.
  function loadCitations(done) {
    var more = document.querySelector(".cite-more");
    if (!more || !more.dataset.script) {
      done();
      return;
    }
    var script = document.createElement("script");
    script.src = more.dataset.script;
    script.onload = function () {
      showCitations(more);
      done();
    };
    more.dataset.script = "";
    document.head.append(script);
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

  // `/` leads to the search from everywhere but fields in which one writes, unless it is turned off below any page but a record's.
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
    if (!field) {
      return;
    }
    function recall() {
      var isOn = remembered() !== "off";
      if (isOn) field.setAttribute("aria-keyshortcuts", "/");
      else field.removeAttribute("aria-keyshortcuts");
      if (box) box.checked = isOn;
    }
    // The choice may have been made on another page, to which one has gone and come back, or in another window.
    addEventListener("pageshow", recall);
    addEventListener("storage", recall);
    recall();
    document.addEventListener("keydown", focusSearch);
    if (!box) {
      return;
    }
    box.addEventListener("change", function () {
      remember(box.checked ? "on" : "off");
      if (box.checked) field.setAttribute("aria-keyshortcuts", "/");
      else field.removeAttribute("aria-keyshortcuts");
    });
    box.closest("p").hidden = false;
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
      var next = target.nextElementSibling;
      if (!next || !next.matches(".copy")) addButton(target, words);
    });
  }

  function offerCitations() {
    var first = document.querySelector("[data-chosen-style] [data-style]");
    var more = document.querySelector(".cite-more");
    var remembered = rememberedStyle();
    function show() {
      showStyle();
      addButtons();
    }
    if (!first || !remembered || remembered === first.dataset.style) {
      addButtons();
    } else {
      loadCitations(show);
    }
    if (more) {
      more.addEventListener("toggle", function () {
        loadCitations(addButtons);
      });
    }
  }

  addEventListener("resize", tellWidePictures);
  document.addEventListener("mousedown", takeFocus);
  document.addEventListener("keydown", step);
  offerSearchKey();
  offerCitations();
  keepPlaces();
  foldContents();
  tellWidePictures();
})();
