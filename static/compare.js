// Puts up to three States side by side. Each State's data are a script of their own beside the page, as a page
// opened from a folder may load scripts but nothing else; they set `comparedStates.<code>`, written by
// src/render/page/compare.rs. Words and links to States come from the page.
(function () {
  "use strict";

  var MOST = 3;

  function make(name, content, attributes) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    [].concat(content).forEach(function (part) { if (part || part === 0) element.append(part); });
    return element;
  }

  function readWords() {
    var words = {};
    document.querySelectorAll(".compare-words div").forEach(function (pair) {
      words[pair.children[0].textContent] = pair.children[1].textContent;
    });
    return words;
  }

  // The States by their codes, as the page names and links to them.
  function readLinks() {
    var links = new Map();
    document.querySelectorAll(".states [data-state] > a").forEach(function (link) {
      links.set(link.parentNode.dataset.state, link);
    });
    return links;
  }

  // The codes in the address, `?states=jpn,nzl`: those that are known, each once.
  function codesOfAddress(links) {
    var codes = (new URLSearchParams(location.search).get("states") || "").toLowerCase().split(",");
    var known = codes.filter(function (code, at) { return links.has(code) && codes.indexOf(code) === at; });
    return known.slice(0, MOST);
  }

  function writeAddress(codes) {
    var query = codes.length > 0 ? "?states=" + codes.join(",") : "";
    history.replaceState(null, "", location.pathname + query + location.hash);
  }

  // Calls `done` with a State's data, or with nothing if they cannot be loaded.
  function load(folder, code, done) {
    var all = (window.comparedStates = window.comparedStates || {});
    if (all[code]) return done(all[code]);
    var script = make("script", "", { src: folder + code + ".js" });
    script.onload = function () { done(all[code]); };
    script.onerror = function () { done(null); };
    document.head.append(script);
  }

  function loadAll(folder, codes, done) {
    var loaded = new Map();
    var left = codes.length;
    if (left === 0) done(loaded);
    codes.forEach(function (code) {
      load(folder, code, function (data) {
        if (data) loaded.set(code, data);
        left -= 1;
        if (left === 0) done(loaded);
      });
    });
  }

  function date(values, words) {
    return values[document.documentElement.lang] || make("span", words.unknown, { class: "unknown" });
  }

  // As src/render/numbers.rs writes numbers: in Latin figures.
  function grouped(number) {
    return number.toLocaleString(document.documentElement.lang + "-u-nu-latn");
  }

  function names(state) {
    return state.names.map(function (pair) {
      var direction = pair[0] === "ar" ? "rtl" : "ltr";
      return make("div", make("bdi", pair[1], { lang: pair[0] === "zh" ? "zh-Hans" : pair[0], dir: direction }));
    });
  }

  function recordLink(record, root) {
    var words = record.date ? record.id + " (" + record.date + ")" : record.id;
    return make("li", make("a", words, { href: root + "records/" + record.id + "/index.html" }));
  }

  // The records of one period, those of each section behind their number.
  function recordsOf(state, period, page) {
    var own = state.records.filter(function (record) { return record.period === period; });
    var sections = Array.from(new Set(own.map(function (record) { return record.section; }))).sort();
    return sections.map(function (section) {
      var records = own.filter(function (record) { return record.section === section; });
      var name = (page.words["section-" + section] || section) + " · " + grouped(records.length);
      var list = make("ul", records.map(function (record) { return recordLink(record, page.root); }), { class: "plain" });
      return make("details", [make("summary", name), list]);
    });
  }

  function voteOf(state, symbol, words) {
    var vote = state.votes.find(function (vote) { return vote.symbol === symbol; });
    return vote ? words["vote-" + vote.vote] : "";
  }

  function row(heading, codes, states, cell, page) {
    var cells = codes.map(function (code) {
      return make("td", cell(states.get(code), code), { "data-label": page.links.get(code).textContent });
    });
    return make("tr", [make("th", heading, { scope: "row" })].concat(cells));
  }

  function periodsOf(states) {
    var periods = new Set();
    states.forEach(function (state) {
      state.records.forEach(function (record) { periods.add(record.period); });
    });
    // Records of no period come last.
    return Array.from(periods).sort(function (left, right) {
      return Number(left === "") - Number(right === "") || Number(left > right) - Number(left < right);
    });
  }

  // The resolutions that one of the States voted on, newest first, each with its address.
  function resolutionsOf(states) {
    var resolutions = new Map();
    states.forEach(function (state) {
      state.votes.forEach(function (vote) { resolutions.set(vote.symbol, vote.path); });
    });
    var order = function (left, right) { return right[0].localeCompare(left[0], "en", { numeric: true }); };
    return Array.from(resolutions).sort(order);
  }

  function factRows(add, words) {
    add(words.code, function (state, code) { return make("code", code.toUpperCase()); });
    add(words.names, names);
    add(words.signed, function (state) { return date(state.signed, words); });
    add(words.ratified, function (state) { return date(state.ratified, words); });
    if (words.annex) add(words.annex, function (state) { return words["annex-" + state.annex]; });
    add(words.records, function (state) { return grouped(state.records.length); });
    add(words.mentions, function (state) { return grouped(state.mentions); });
  }

  function table(codes, states, page) {
    var rows = [];
    var add = function (heading, cell) { rows.push(row(heading, codes, states, cell, page)); };
    factRows(add, page.words);
    periodsOf(states).forEach(function (period) {
      add(page.words["period-" + period] || period, function (state) { return recordsOf(state, period, page); });
    });
    resolutionsOf(states).forEach(function (entry) {
      var link = make("a", entry[0], { href: page.root + entry[1] });
      add(link, function (state) { return voteOf(state, entry[0], page.words); });
    });
    var heads = codes.map(function (code) { return make("th", page.links.get(code).cloneNode(true), { scope: "col" }); });
    var head = make("tr", [make("th", page.words.value, { scope: "col" })].concat(heads));
    return make("table", [make("thead", head), make("tbody", rows)]);
  }

  function show(page) {
    var codes = page.codes;
    loadAll(page.folder, codes, function (states) {
      if (codes !== page.codes) return;
      var there = codes.filter(function (code) { return states.has(code); });
      var lost = codes.filter(function (code) { return !states.has(code); });
      page.fault.textContent = lost.map(function (code) {
        return page.links.get(code).textContent + ": " + page.fault.dataset.failed;
      }).join(" ");
      page.target.hidden = there.length === 0;
      page.target.replaceChildren(there.length > 0 ? table(there, states, page) : "");
    });
  }

  function chosen(page) {
    var values = page.selects.map(function (select) { return select.value; });
    page.codes = values.filter(function (value, at) { return value !== "" && values.indexOf(value) === at; });
    writeAddress(page.codes);
    show(page);
  }

  function fillSelect(select, page, code) {
    page.links.forEach(function (link, code) { select.add(new Option(link.textContent, code)); });
    select.value = code || "";
    select.addEventListener("change", function () { chosen(page); });
  }

  function start() {
    var target = document.getElementById("compared");
    var form = document.querySelector(".chooser");
    var links = readLinks();
    var page = {
      target: target, folder: target.dataset.folder, root: target.dataset.root, words: readWords(), links: links,
      codes: codesOfAddress(links), fault: document.getElementById("compare-fault"),
      selects: Array.from(form.querySelectorAll("select")),
    };
    page.selects.forEach(function (select, at) { fillSelect(select, page, page.codes[at]); });
    document.querySelector(".without-script").hidden = true;
    form.hidden = false;
    show(page);
  }

  start();
})();
