// Filters and orders the records of a page, keeps the choice in the address, and hands the list out as CSV.
// The page is whole without this file: the controls (`section.filter`) are hidden until it runs.
//
// What a record can be filtered by is in its `data-facets`, written by src/render/facets.rs:
// `kind=activity;section=2a;year=2008,2009`. A record without a date has in `bound` the years of its report's period.
// The report is told by the edition or group that a record stands in, else by the record.
(function () {
  "use strict";

  var FACETS = ["section", "state", "resolution", "kind", "basis"];
  // The two ends of a stretch of years.
  var ENDS = ["from", "until"];
  // Folders of the pages whose links on this page say what a value is called.
  var FOLDERS = { section: "sections", state: "states" };
  var COLUMNS = ["id", "kind", "report", "state", "section", "date", "resolution", "basis"];
  // A spreadsheet runs a cell that begins with one of these; see src/render/data/table.rs.
  var FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

  function readFacets(text) {
    var facets = {};
    text.split(";").forEach(function (part) {
      var at = part.indexOf("=");
      if (at > 0) facets[part.slice(0, at)] = part.slice(at + 1).split(",");
    });
    return facets;
  }

  // The records of the page in the order of the archive, each with the place it came from.
  function readItems(listing) {
    return Array.prototype.map.call(listing.querySelectorAll("[data-facets]"), function (element, position) {
      var home = element.parentNode;
      var facets = readFacets(element.dataset.facets);
      facets.report = facets.report || [listing.dataset.report || home.id.replace("in-", "")];
      return { element: element, home: home, position: position, facets: facets };
    });
  }

  function valuesOf(items, facet) {
    var values = new Set();
    items.forEach(function (item) {
      (item.facets[facet] || []).forEach(function (value) { values.add(value); });
    });
    return Array.from(values);
  }

  // What the page itself calls a section or a State: the words of its first link to it, other than in a report's text.
  function namesOf(facet) {
    var names = new Map();
    var way = new RegExp("/" + FOLDERS[facet] + "/([^/]+)/index\\.html");
    document.querySelectorAll("main a[href*='" + FOLDERS[facet] + "/']").forEach(function (link) {
      var found = way.exec(link.getAttribute("href"));
      var isName = found && !link.closest("svg, .text, .words, q") && !names.has(found[1]);
      if (isName) names.set(found[1], link.textContent.trim());
    });
    return names;
  }

  function compareWords(left, right) {
    return left.localeCompare(right, document.documentElement.lang, { numeric: true });
  }

  function addOptions(select, items) {
    var names = FOLDERS[select.name] ? namesOf(select.name) : new Map();
    var nameOf = function (value) {
      var heading = select.name === "section" && document.getElementById("section-" + value);
      return names.get(value.toLowerCase()) || (heading && heading.textContent.trim()) || value;
    };
    var facets = ENDS.indexOf(select.name) < 0 ? [select.name] : ["year", "bound"];
    var values = new Set(facets.flatMap(function (facet) { return valuesOf(items, facet); }));
    var options = Array.from(values).map(function (value) { return new Option(nameOf(value), value); });
    options.sort(function (left, right) { return compareWords(left.text, right.text); });
    options.forEach(function (option) { select.add(option); });
  }

  // Kinds and warnings have their words on the page already; those that no record has go.
  function keepOptions(select, items) {
    var values = valuesOf(items, select.name);
    Array.from(select.options).forEach(function (option) {
      if (option.value !== "" && values.indexOf(option.value) < 0) option.remove();
    });
  }

  function fillSelect(select, items) {
    if (select.name === "sort") return;
    if (select.options.length > 1) keepOptions(select, items);
    else addOptions(select, items);
    // A choice of one is none, unless some records lack it.
    var facet = ENDS.indexOf(select.name) < 0 ? select.name : "year";
    var all = select.options.length === 2 && items.every(function (item) { return item.facets[facet]; });
    select.closest("label").hidden = select.options.length < 2 || all;
  }

  // The option that an address asks for; of years of which none has a record, the next that lies within the stretch.
  function optionFor(select, wanted) {
    var values = Array.from(select.options, function (option) { return option.value; }).filter(Boolean);
    var within = function (value) { return select.name === "from" ? value >= wanted : value <= wanted; };
    if (wanted === "" || ENDS.indexOf(select.name) < 0) {
      return values.find(function (value) { return value.toLowerCase() === wanted; }) || "";
    }
    return (select.name === "from" ? values : values.reverse()).find(within) || "";
  }

  // The choice is in the address: `?section=2a&state=NZL`, with a prefix where a page has a second list. Codes may be
  // written in either case; `year=2009` is a stretch of one year.
  function readAddress(selects, prefix) {
    var choice = new URLSearchParams(location.search);
    selects.forEach(function (select) {
      var year = ENDS.indexOf(select.name) < 0 ? null : choice.get(prefix + "year");
      var wanted = (choice.get(prefix + select.name) || year || "").toLowerCase();
      select.value = optionFor(select, wanted);
    });
  }

  function writeAddress(selects, prefix) {
    var choice = new URLSearchParams(location.search);
    choice.delete(prefix + "year");
    selects.forEach(function (select) {
      if (select.value) choice.set(prefix + select.name, select.value);
      else choice.delete(prefix + select.name);
    });
    var query = choice.toString().replace(/%2F/g, "/");
    history.replaceState(null, "", location.pathname + (query && "?" + query) + location.hash);
  }

  function isChosen(item, selects) {
    return selects.every(function (select) {
      var isFree = select.value === "" || FACETS.indexOf(select.name) < 0;
      return isFree || (item.facets[select.name] || []).indexOf(select.value) >= 0;
    });
  }

  // The first and the last year asked for, whichever is named first; none if no year is.
  function rangeOf(selects) {
    var years = selects.filter(function (select) { return ENDS.indexOf(select.name) >= 0 && select.value; });
    if (years.length === 0) return null;
    var ends = selects.filter(function (select) { return ENDS.indexOf(select.name) >= 0; }).map(function (select) {
      return select.value ? Number(select.value) : (select.name === "from" ? -Infinity : Infinity);
    });
    return { first: Math.min.apply(null, ends), last: Math.max.apply(null, ends) };
  }

  // How a record stands to a stretch of years: `dated` in it, `bounded` by it where it has no date but its report tells of
  // these years, `unbounded` where nothing says when it was done, else `out` of it.
  function standing(item, range) {
    if (!range) return "dated";
    var touches = function (year) { return range.first <= Number(year) && Number(year) <= range.last; };
    if ((item.facets.year || []).some(touches)) return "dated";
    if (item.facets.year) return "out";
    if (!item.facets.bound) return "unbounded";
    return item.facets.bound.some(touches) ? "bounded" : "out";
  }

  function keyOf(item, by) {
    if (by === "date") return (item.facets.date || [""])[0];
    var name = item.element.querySelector(".who");
    return name ? name.textContent : (item.facets.state || [""])[0];
  }

  // Records that lack what they are put in order by come last, whichever way.
  function inOrder(items, sort) {
    var by = sort.replace("-", "");
    var way = sort[0] === "-" ? -1 : 1;
    if (by === "" || by === "archive") return way === 1 ? items : items.slice().reverse();
    var keyed = items.map(function (item) { return { item: item, key: keyOf(item, by) }; });
    keyed.sort(function (left, right) {
      if (!left.key || !right.key) return (left.key ? 0 : 1) - (right.key ? 0 : 1);
      var order = by === "date" ? (left.key < right.key ? -1 : Number(left.key > right.key)) : compareWords(left.key, right.key);
      return way * order || left.item.position - right.item.position;
    });
    return keyed.map(function (entry) { return entry.item; });
  }

  // Puts the records under their reports again, or all of them into one list in the order chosen.
  function arrange(list, sort) {
    list.flat.hidden = sort === "";
    inOrder(list.items, sort).forEach(function (item) {
      (sort === "" ? item.home : list.flat).appendChild(item.element);
    });
  }

  // A group shows itself if one of its records does.
  function showGroups(listing) {
    listing.querySelectorAll(".mentions > div, .group").forEach(function (group) {
      group.hidden = group.querySelector("[data-facets]:not([hidden])") === null;
    });
  }

  // In an edition a heading shows itself if a record under it does; going backwards, what is below is known.
  function showHeadings(edition, isFiltered) {
    var below = [];
    Array.from(edition.children).reverse().forEach(function (block) {
      if (block.dataset.facets !== undefined) {
        if (!block.hidden) below = [1, 1, 1, 1, 1, 1, 1];
        return;
      }
      var level = Number(block.getAttribute("aria-level"));
      block.hidden = isFiltered && !(level && below[level]);
      if (level) below = below.slice(0, level);
    });
  }

  function csvCell(text) {
    var guarded = FORMULA.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(guarded) ? '"' + guarded.replace(/"/g, '""') + '"' : guarded;
  }

  // A record's text as it reads, without the marks of its footnotes.
  function textOf(element) {
    var text = element.querySelector(".words") || element.querySelector(".text");
    if (!text) return "";
    var copy = text.cloneNode(true);
    copy.querySelectorAll("sup").forEach(function (mark) { mark.remove(); });
    var lines = Array.from(copy.querySelectorAll("p, li"));
    // A line of a list has the first words alone.
    if (lines.length === 0) return copy.textContent.trim();
    return lines.map(function (line) { return (line.tagName === "LI" ? "- " : "") + line.textContent; }).join("\n");
  }

  function csvRow(item) {
    var id = item.element.id || item.element.textContent.trim().split(" · ").pop();
    var cells = COLUMNS.map(function (name) {
      return name === "id" ? id : (item.facets[name] || []).join(";");
    });
    var link = item.element.querySelector("a[href*='records/" + id + "/']");
    return cells.concat(textOf(item.element), link ? link.href : "").map(csvCell).join(",");
  }

  // UTF-8 with a byte order mark, without which spreadsheets take it for something else.
  function csvOf(items) {
    var head = COLUMNS.concat("text", "address").join(",");
    return "\ufeff" + [head].concat(items.map(csvRow)).join("\r\n") + "\r\n";
  }

  function download(items) {
    var link = document.createElement("a");
    var address = URL.createObjectURL(new Blob([csvOf(items)], { type: "text/csv;charset=utf-8" }));
    link.href = address;
    link.download = location.pathname.split("/").slice(-3, -1).join("-") + ".csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
  }

  function shown(list) {
    var items = inOrder(list.items, list.sort());
    return items.filter(function (item) { return !item.element.hidden; });
  }

  // As src/render/numbers.rs writes numbers: in Latin figures.
  function grouped(number) {
    return number.toLocaleString(document.documentElement.lang + "-u-nu-latn");
  }

  function update(list) {
    var isFiltered = list.selects.some(function (select) { return select.name !== "sort" && select.value !== ""; });
    var counts = { dated: 0, bounded: 0, unbounded: 0, out: 0 };
    list.items.forEach(function (item) {
      var isIn = isChosen(item, list.selects);
      var stands = standing(item, rangeOf(list.selects));
      if (isIn) counts[stands] += 1;
      item.element.hidden = !isIn || stands === "out" || stands === "unbounded";
      item.element.classList.toggle("bounded", stands === "bounded");
    });
    if (list.listing.classList.contains("edition")) showHeadings(list.listing, isFiltered);
    else showGroups(list.listing);
    var words = list.form.dataset;
    list.form.querySelector(".shown").textContent = [
      words.shown.replace("{shown}", grouped(counts.dated + counts.bounded)).replace("{total}", grouped(list.items.length)),
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
    list.selects.forEach(function (select) {
      select.addEventListener("change", function () { changed(list); });
    });
    list.form.querySelector(".reset").addEventListener("click", function () {
      list.selects.forEach(function (select) { select.value = ""; });
      changed(list);
    });
    list.form.querySelector(".csv").addEventListener("click", function () { download(shown(list)); });
  }

  function start(form, listing) {
    var items = readItems(listing);
    if (items.length < 2) return;
    var selects = Array.from(form.querySelectorAll("select"));
    var flat = document.createElement("div");
    var list = { form: form, listing: listing, items: items, selects: selects, flat: flat, sort: function () {
      var select = form.querySelector("select[name='sort']");
      return select ? select.value : "";
    } };
    flat.hidden = true;
    if (form.querySelector("select[name='sort']")) listing.prepend(flat);
    selects.forEach(function (select) { fillSelect(select, items); });
    readAddress(selects, form.dataset.prefix);
    if (list.sort() !== "") arrange(list, list.sort());
    update(list);
    listen(list);
    form.hidden = false;
  }

  // Each filter stands before its list; a short list has none.
  var listings = Array.from(document.querySelectorAll(".listing"));
  document.querySelectorAll(".filter").forEach(function (form) {
    var next = listings.find(function (listing) {
      return form.compareDocumentPosition(listing) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    if (next) start(form, next);
  });
})();
