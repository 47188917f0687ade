// Narrows a table of pages to those rows that have what is typed: in their words, or in `data-also`, which has names in
// other languages and codes. The page is whole without this file: the field is hidden until it runs.
(function () {
  "use strict";

  // Without case and without marks on letters: `cote` finds Côte d'Ivoire.
  function folded(text) {
    return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  }

  function readRows(table) {
    return Array.from(table.querySelectorAll("tbody tr:not(.together)"), (element) => ({
      element, text: folded(element.textContent + " " + (element.dataset.also || "")),
    }));
  }

  function narrow(rows, groups, typed) {
    const words = folded(typed).split(/\s+/).filter(Boolean);
    const shown = rows.filter((row) => words.every((word) => row.text.includes(word)));
    rows.forEach((row) => { row.element.hidden = true; });
    shown.forEach((row) => { row.element.hidden = false; });
    groups.forEach((group) => {
      group.hidden = group.querySelector("tr:not(.together):not([hidden])") === null;
    });
    return shown.length;
  }

  function start(form, table) {
    const rows = readRows(table);
    const groups = Array.from(table.tBodies);
    const field = form.querySelector("input");
    const status = form.querySelector("[role='status']");
    const number = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn");
    field.addEventListener("input", () => {
      const shown = narrow(rows, groups, field.value);
      const words = status.dataset.shown.replace("{shown}", number.format(shown)).replace("{total}", number.format(rows.length));
      status.textContent = field.value.trim() === "" ? "" : words;
    });
    form.hidden = false;
  }

  start(document.querySelector(".narrow"), document.querySelector(".directory"));
})();
