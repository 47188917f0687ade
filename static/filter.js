// Filters and orders the records of a page, keeps the choice in the address, and hands the list out as CSV.
// The page is whole without this file: the controls (`section.filter`) are hidden until it runs.
//
// What a record can be filtered by is in its `data-facets`, written by src/render/facets.rs:
// `kind=activity;section=2a;year=2008,2009`. A record without a date has in `bound` the years of its report's period.
// The report is told by the edition or group that a record stands in, else by the record.
(function () {
  "use strict";

  const FACETS = ["section", "state", "resolution", "kind", "basis"];
  // The two ends of a stretch of years.
  const ENDS = ["from", "until"];
  // Folders of the pages whose links on this page say what a value is called.
  const FOLDERS = { section: "sections", state: "states" };
  const COLUMNS = ["id", "kind", "report", "state", "section", "date", "resolution", "basis"];
  // A spreadsheet runs a cell that begins with one of these; see src/render/data/table.rs.
  const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

  function readFacets(text) {
    const facets = {};
    text.split(";").forEach((part) => {
      const at = part.indexOf("=");
      if (at > 0) facets[part.slice(0, at)] = part.slice(at + 1).split(",");
    });
    return facets;
  }

  // The records of the page in the order of the archive, each with the place it came from.
  function readItems(listing) {
    return Array.from(listing.querySelectorAll("[data-facets]"), (element, position) => {
      const home = element.parentNode;
      const facets = readFacets(element.dataset.facets);
      facets.report = facets.report || [listing.dataset.report || home.id.replace("in-", "")];
      return { element, home, position, facets };
    });
  }

  function valuesOf(items, facet) {
    const values = new Set();
    items.forEach((item) => {
      (item.facets[facet] || []).forEach((value) => { values.add(value); });
    });
    return Array.from(values);
  }

  // What the page itself calls a section or a State: the words of its first link to it, other than in a report's text.
  function namesOf(facet) {
    const names = new Map();
    const way = new RegExp("/" + FOLDERS[facet] + "/([^/]+)/index\\.html$");
    document.querySelectorAll("main a[href*='" + FOLDERS[facet] + "/']").forEach((link) => {
      const found = way.exec(link.getAttribute("href"));
      const isName = found && !link.closest("svg, .text, .words, q") && !names.has(found[1]);
      if (isName) names.set(found[1], link.textContent.trim());
    });
    return names;
  }

  function compareWords(left, right) {
    return left.localeCompare(right, document.documentElement.lang, { numeric: true });
  }

  function addOptions(select, items) {
    const names = FOLDERS[select.name] ? namesOf(select.name) : new Map();
    const nameOf = (value) => {
      const heading = select.name === "section" && document.getElementById("section-" + value);
      return names.get(value.toLowerCase()) || (heading && heading.textContent.trim()) || value;
    };
    const facets = !ENDS.includes(select.name) ? [select.name] : ["year", "bound"];
    const values = new Set(facets.flatMap((facet) => valuesOf(items, facet)));
    const options = Array.from(values).map((value) => new Option(nameOf(value), value));
    options.sort((left, right) => compareWords(left.text, right.text));
    options.forEach((option) => { select.add(option); });
  }

  // Kinds and warnings have their words on the page already; those that no record has go.
  function keepOptions(select, items) {
    const values = valuesOf(items, select.name);
    Array.from(select.options).forEach((option) => {
      if (option.value !== "" && !values.includes(option.value)) option.remove();
    });
  }

  function fillSelect(select, items) {
    if (select.name === "sort") return;
    if (select.options.length > 1) keepOptions(select, items);
    else addOptions(select, items);
    // A choice of one is none, unless some records lack it.
    const facet = !ENDS.includes(select.name) ? select.name : "year";
    const all = select.options.length === 2 && items.every((item) => item.facets[facet]);
    select.closest("label").hidden = select.options.length < 2 || all;
  }

  // The option that an address asks for; of years of which none has a record, the next that lies within the stretch.
  function optionFor(select, wanted) {
    const values = Array.from(select.options, (option) => option.value).filter(Boolean);
    const within = (value) => select.name === "from" ? value >= wanted : value <= wanted;
    if (wanted === "" || !ENDS.includes(select.name)) {
      return values.find((value) => value.toLowerCase() === wanted) || "";
    }
    return (select.name === "from" ? values : values.reverse()).find(within) || "";
  }

  // The choice is in the address: `?section=2a&state=NZL`, with a prefix where a page has a second list. Codes may be
  // written in either case; `year=2009` is a stretch of one year.
  function readAddress(selects, prefix) {
    const choice = new URLSearchParams(location.search);
    selects.forEach((select) => {
      const year = !ENDS.includes(select.name) ? null : choice.get(prefix + "year");
      const wanted = (choice.get(prefix + select.name) || year || "").toLowerCase();
      select.value = optionFor(select, wanted);
    });
  }

  function writeAddress(selects, prefix) {
    const choice = new URLSearchParams(location.search);
    choice.delete(prefix + "year");
    selects.forEach((select) => {
      if (select.value) choice.set(prefix + select.name, select.value);
      else choice.delete(prefix + select.name);
    });
    const query = choice.toString().replace(/%2F/g, "/");
    history.replaceState(null, "", location.pathname + (query && "?" + query) + location.hash);
  }

  function isChosen(item, selects) {
    return selects.every((select) => {
      const isFree = select.value === "" || !FACETS.includes(select.name);
      return isFree || (item.facets[select.name] || []).includes(select.value);
    });
  }

  // The first and the last year asked for, whichever is named first; none if no year is.
  function rangeOf(selects) {
    const chosen = selects.filter((select) => ENDS.includes(select.name));
    if (chosen.every((select) => !select.value)) return null;
    const ends = chosen.map((select) => {
      if (select.value) return Number(select.value);
      return select.name === "from" ? -Infinity : Infinity;
    });
    return { first: Math.min(...ends), last: Math.max(...ends) };
  }

  // How a record stands to a stretch of years: `dated` in it, `bounded` by it where it has no date but its report tells
  // of these years, `unbounded` where nothing says when it was done, else `out` of it.
  function standing(item, range) {
    if (!range) return "dated";
    const touches = (year) => range.first <= Number(year) && Number(year) <= range.last;
    if ((item.facets.year || []).some(touches)) return "dated";
    if (item.facets.year) return "out";
    if (!item.facets.bound) return "unbounded";
    return item.facets.bound.some(touches) ? "bounded" : "out";
  }

  function keyOf(item, by) {
    if (by === "date") return (item.facets.date || [""])[0];
    const name = item.element.querySelector(".who");
    return name ? name.textContent : (item.facets.state || [""])[0];
  }

  // Records that lack what they are put in order by come last, whichever way.
  function inOrder(items, sort) {
    const by = sort.replace("-", "");
    const way = sort[0] === "-" ? -1 : 1;
    if (by === "" || by === "archive") return way === 1 ? items : items.slice().reverse();
    const keyed = items.map((item) => ({ item, key: keyOf(item, by) }));
    keyed.sort((left, right) => {
      if (!left.key || !right.key) return (left.key ? 0 : 1) - (right.key ? 0 : 1);
      const byDate = left.key < right.key ? -1 : Number(left.key > right.key);
      const order = by === "date" ? byDate : compareWords(left.key, right.key);
      return way * order || left.item.position - right.item.position;
    });
    return keyed.map((entry) => entry.item);
  }

  // Puts the records under their reports again, or all of them into one list in the order chosen.
  function arrange(list, sort) {
    list.flat.hidden = sort === "";
    inOrder(list.items, sort).forEach((item) => {
      (sort === "" ? item.home : list.flat).appendChild(item.element);
    });
  }

  // A group shows itself if one of its records does.
  function showGroups(listing) {
    listing.querySelectorAll(".mentions > div, .group").forEach((group) => {
      group.hidden = group.querySelector("[data-facets]:not([hidden])") === null;
    });
  }

  // In an edition a heading shows itself if a record under it does; going backwards, what is below is known.
  function showHeadings(edition, isFiltered) {
    let below = [];
    Array.from(edition.children).reverse().forEach((block) => {
      if (block.dataset.facets !== undefined) {
        if (!block.hidden) below = [1, 1, 1, 1, 1, 1, 1];
        return;
      }
      const level = Number(block.getAttribute("aria-level"));
      block.hidden = isFiltered && !(level && below[level]);
      if (level) below = below.slice(0, level);
    });
  }

  function csvCell(text) {
    const guarded = FORMULA.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(guarded) ? '"' + guarded.replace(/"/g, '""') + '"' : guarded;
  }

  // A record's text as it reads, without the marks of its footnotes.
  function textOf(element) {
    const text = element.querySelector(".words") || element.querySelector(".text");
    if (!text) return "";
    const copy = text.cloneNode(true);
    copy.querySelectorAll("sup").forEach((mark) => { mark.remove(); });
    const lines = Array.from(copy.querySelectorAll("p, li"));
    // A line of a list has the first words alone.
    if (lines.length === 0) return copy.textContent.trim();
    return lines.map((line) => (line.tagName === "LI" ? "- " : "") + line.textContent).join("\n");
  }

  function csvRow(item) {
    const link = item.element.querySelector("a.permalink, a[href*='records/']");
    const id = item.element.id || /records\/([^/]+)\//.exec(link.href)[1];
    const cells = COLUMNS.map((name) => name === "id" ? id : (item.facets[name] || []).join(";"));
    return cells.concat(textOf(item.element), link ? link.href : "").map(csvCell).join(",");
  }

  // UTF-8 with a byte order mark, without which spreadsheets take it for something else.
  function csvOf(items) {
    const head = COLUMNS.concat("text", "address").join(",");
    return "\ufeff" + [head].concat(items.map(csvRow)).join("\r\n") + "\r\n";
  }

  function download(items) {
    const link = document.createElement("a");
    const address = URL.createObjectURL(new Blob([csvOf(items)], { type: "text/csv;charset=utf-8" }));
    link.href = address;
    link.download = location.pathname.split("/").slice(-3, -1).join("-") + ".csv";
    link.click();
    setTimeout(() => { URL.revokeObjectURL(address); }, 60000);
  }

  function shown(list) {
    const items = inOrder(list.items, list.sort());
    return items.filter((item) => !item.element.hidden);
  }

  // As src/render/numbers.rs writes numbers: in Latin figures.
  function grouped(number) {
    return number.toLocaleString(document.documentElement.lang + "-u-nu-latn");
  }

  function update(list) {
    const isFiltered = list.selects.some((select) => select.name !== "sort" && select.value !== "");
    const counts = { dated: 0, bounded: 0, unbounded: 0, out: 0 };
    list.items.forEach((item) => {
      const isIn = isChosen(item, list.selects);
      const stands = standing(item, rangeOf(list.selects));
      if (isIn) counts[stands] += 1;
      item.element.hidden = !isIn || stands === "out" || stands === "unbounded";
      item.element.classList.toggle("bounded", stands === "bounded");
    });
    if (list.listing.classList.contains("edition")) showHeadings(list.listing, isFiltered);
    else showGroups(list.listing);
    // How many records a group has is true of all of them only.
    list.listing.classList.toggle("filtered", isFiltered);
    const words = list.form.dataset;
    const shown = grouped(counts.dated + counts.bounded);
    list.form.querySelector(".shown").textContent = [
      words.shown.replace("{shown}", shown).replace("{total}", grouped(list.items.length)),
      counts.bounded > 0 ? words.undated.replace("{n}", grouped(counts.bounded)) : "",
      counts.unbounded > 0 ? words.unbounded.replace("{n}", grouped(counts.unbounded)) : "",
    ].join("");
  }

  function changed(list) {
    writeAddress(list.selects, list.form.dataset.prefix);
    arrange(list, list.sort());
    update(list);
  }

  function listen(list) {
    list.selects.forEach((select) => {
      select.addEventListener("change", () => { changed(list); });
    });
    list.form.querySelector(".reset").addEventListener("click", () => {
      list.selects.forEach((select) => { select.value = ""; });
      changed(list);
    });
    list.form.querySelector(".csv").addEventListener("click", () => { download(shown(list)); });
  }

  function start(form, listing) {
    const items = readItems(listing);
    if (items.length < 2) {
      form.remove();
      return;
    }
    const selects = Array.from(form.querySelectorAll("select"));
    const flat = document.createElement("div");
    const list = { form, listing, items, selects, flat, sort () {
      const select = form.querySelector("select[name='sort']");
      return select ? select.value : "";
    } };
    flat.hidden = true;
    if (form.querySelector("select[name='sort']")) listing.prepend(flat);
    selects.forEach((select) => { fillSelect(select, items); });
    readAddress(selects, form.dataset.prefix);
    if (list.sort() !== "") arrange(list, list.sort());
    update(list);
    listen(list);
    form.hidden = false;
  }

  // Each filter stands before its list; a short list has none.
  const listings = Array.from(document.querySelectorAll(".listing"));
  document.querySelectorAll(".filter").forEach((form) => {
    const next = listings.find((listing) => form.compareDocumentPosition(listing) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (next) start(form, next);
  });
})();
