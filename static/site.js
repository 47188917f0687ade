// Copy buttons beside citations and addresses, the style of citation that a reader last copied, the keys that lead to
// the search and through lists, a language switch that keeps the place, contents folded on phones, a word on pictures
// that are wider than their frames. Everything reads without this file.
//
// A key without Ctrl, Alt or Meta may be what a voice or a shaking hand types by mistake. So each such key can be
// turned off, or acts only where the focus is (WCAG 2.2, success criterion 2.1.4).
(function () {
  "use strict";

  const STYLE = "depositary-citation-style";

  // Today as a citation in a style has it: in words, or in digits.
  function accessed(form) {
    const now = new Date();
    const digits = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
    const words = now.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    return form.replace("{iso}", digits.join("-")).replace("{date}", words);
  }

  // The text to copy; a citation in a style that asks for it with the day of access.
  function copied(target) {
    const copy = target.cloneNode(true);
    copy.querySelectorAll("[data-accessed]").forEach((place) => {
      place.textContent = accessed(place.dataset.accessed);
    });
    return copy.textContent.trim();
  }

  // The style is remembered where the browser allows it.
  function rememberStyle(target) {
    const row = target.closest("[data-style]");
    try {
      if (row) {
        localStorage.setItem(STYLE, row.dataset.style);
      }
    } catch {
      return;
    }
  }

  function rememberedStyle() {
    try {
      return localStorage.getItem(STYLE);
    } catch {
      return null;
    }
  }

  // The remembered style stands first, in the place of the usual one.
  function showStyle() {
    const first = document.querySelector("[data-chosen-style] [data-style]");
    const remembered = rememberedStyle();
    const row = remembered && document.querySelector("[data-style='" + CSS.escape(remembered) + "']");
    if (first && row && row !== first) {
      row.before(first.cloneNode(true));
      first.replaceWith(row);
    }
  }

  const CHINESE = /[\u3000-\u9fff\uff00-\uffef](?:[^A-Za-z]*[\u3000-\u9fff\uff00-\uffef])?/g;

  function append(parent, tag, text) {
    const element = document.createElement(tag);
    element.textContent = text || "";
    parent.append(element);
    return element;
  }

  // Words in italics, if they are to be; Chinese ones in a citation of another language say so and stand upright.
  function appendWords(parent, text, isItalic, language) {
    let end = 0;
    function own(words) {
      if (words && isItalic) append(parent, "i", words);
      else parent.append(words);
    }
    if (language !== "zh") {
      Array.from(text.matchAll(CHINESE)).forEach((found) => {
        own(text.slice(end, found.index));
        append(parent, "span", found[0]).lang = "zh-Hans";
        end = found.index + found[0].length;
      });
    }
    own(text.slice(end));
  }

  // A piece is the number of words that records of the report share, or below zero of the record's own.
  function pieces(found, item, text) {
    return found.forms[item.form][text].map((number) => number < 0 ? item.own[-number - 1] : found.shared[number]);
  }

  function styleRow(style, citation) {
    const row = document.createElement("div");
    row.dataset.style = style[0];
    append(row, "dt", style[1]);
    const text = append(append(row, "dd"), "span");
    text.className = "citation";
    text.lang = style[2];
    text.dataset.copyText = "";
    citation.forEach((piece) => {
      if (piece.accessed) append(text, "span").dataset.accessed = piece.accessed;
      else appendWords(text, piece.italic || piece, Boolean(piece.italic), style[2]);
    });
    return row;
  }

  function fileLink(format, key, text) {
    const item = document.createElement("li");
    const link = append(item, "a", format[0]);
    link.type = format[2];
    link.download = key + "." + format[1];
    link.href = "data:" + format[2] + ";charset=utf-8," + encodeURIComponent(text);
    return item;
  }

  // The other styles, and entries for reference managers, are in scripts that many pages share.
  function showCitations(more) {
    const found = window.citations;
    const item = found && found.items[more.dataset.key];
    if (!item) {
      return;
    }
    const list = more.querySelector("dl");
    const files = list.querySelector("ul");
    const shown = document.querySelector("[data-chosen-style] [data-style]").dataset.style;
    const first = list.firstElementChild;
    found.styles.forEach((style, number) => {
      if (style[0] !== shown) first.before(styleRow(style, pieces(found, item, number)));
    });
    files.prepend(...found.formats.map((format, number) => {
      const text = pieces(found, item, found.styles.length + number).join("");
      return fileLink(format, more.dataset.key, text);
    }));
  }

  // Calls `done` once all styles are on the page.
  function loadCitations(done) {
    const more = document.querySelector(".cite-more");
    if (!more || !more.dataset.script) {
      done();
      return;
    }
    const script = document.createElement("script");
    script.src = more.dataset.script;
    script.onload = function () {
      showCitations(more);
      done();
    };
    more.dataset.script = "";
    document.head.append(script);
  }

  function addButton(target, words) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(copied(target)).then(() => {
        button.textContent = words.copied;
        rememberStyle(target);
      });
    });
    target.after(" ", button);
  }

  // The same page in the other language, at the same place and with the same choice.
  function keepPlace(event) {
    const link = event.currentTarget;
    link.href = link.getAttribute("href").split(/[?#]/)[0] + location.search + location.hash;
  }

  function keepPlaces() {
    document.querySelectorAll(".languages a").forEach((link) => {
      link.addEventListener("click", keepPlace);
    });
  }

  // Where the contents would push the text out of sight, they wait behind their heading.
  function foldContents() {
    const contents = document.querySelector("details.contents");
    if (contents && matchMedia("(max-width: 42rem)").matches) {
      contents.open = false;
      contents.classList.add("folded");
    }
  }

  function isHeld(event) {
    return event.ctrlKey || event.altKey || event.metaKey;
  }

  // `/` leads to the search from everywhere but fields in which one writes, unless it is turned off below any page but a
  // record's.
  function focusSearch(event) {
    const field = document.getElementById("find");
    const isWriting = event.target.closest("input:not([type='checkbox']), textarea, select, [contenteditable]");
    if (event.key !== "/" || isWriting || !field.hasAttribute("aria-keyshortcuts") || isHeld(event)) {
      return;
    }
    event.preventDefault();
    field.focus();
    field.select();
  }

  const REMEMBERED = "depositary-search-key";

  // A browser may refuse to remember anything; the choice then holds for the page alone.
  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED);
    } catch {
      return null;
    }
  }

  function remember(choice) {
    try {
      localStorage.setItem(REMEMBERED, choice);
    } catch {
      // Nothing to be done.
    }
  }

  function offerSearchKey() {
    const box = document.getElementById("search-key");
    const field = document.getElementById("find");
    if (!field) {
      return;
    }
    function recall() {
      const isOn = remembered() !== "off";
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
    box.addEventListener("change", () => {
      remember(box.checked ? "on" : "off");
      if (box.checked) field.setAttribute("aria-keyshortcuts", "/");
      else field.removeAttribute("aria-keyshortcuts");
    });
    box.closest("p").hidden = false;
  }

  // While the focus is in a list of records or in the results of a search, `j` and `k` lead through them.
  const STEPS = { j: 1, k: -1 };
  const RECORDS = ".listing [data-facets], .search-result";

  // The record that is shown next after an element, or last before it.
  function neighbour(element, way) {
    const side = way > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const beyond = Array.from(document.querySelectorAll(RECORDS)).filter((record) => {
      const isThere = !record.contains(element) && element.compareDocumentPosition(record) & side;
      return isThere && record.getClientRects().length > 0;
    });
    return beyond.at(way > 0 ? 0 : -1);
  }

  function step(event) {
    const way = STEPS[event.key];
    if (!way || !event.target.closest(".listing, .search-results") || isHeld(event)) {
      return;
    }
    const next = neighbour(event.target, way);
    if (next) {
      event.preventDefault();
      (next.querySelector("a.permalink") || next.querySelector("a")).focus();
    }
  }

  // A click gives the focus to the record it falls on.
  function takeFocus(event) {
    const record = event.target.closest(RECORDS);
    if (record) {
      record.tabIndex = -1;
    }
  }

  function addButtons() {
    const words = document.body.dataset;
    if (!navigator.clipboard || !words.copy) {
      return;
    }
    document.querySelectorAll("[data-copy-text]").forEach((target) => {
      const next = target.nextElementSibling;
      if (!next || !next.matches(".copy")) addButton(target, words);
    });
  }

  function offerCitations() {
    const first = document.querySelector("[data-chosen-style] [data-style]");
    const more = document.querySelector(".cite-more");
    const remembered = rememberedStyle();
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
      more.addEventListener("toggle", () => {
        loadCitations(addButtons);
      });
    }
  }

  document.addEventListener("mousedown", takeFocus);
  document.addEventListener("keydown", step);
  offerSearchKey();
  offerCitations();
  keepPlaces();
  foldContents();
})();
