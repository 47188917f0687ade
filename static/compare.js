// Puts up to three States side by side. Each State's data are a script of their own beside the page, as a page
// opened from a folder may load scripts but nothing else; they set `comparedStates.<code>`, written by
// src/render/page/compare.rs, which also writes the titles of resolutions, `comparedTitles`. Words and links to States
// come from the page.
(function () {
  "use strict";

  const MOST = 3;

  function make(name, content, attributes) {
    const element = document.createElement(name);
    Object.keys(attributes || {}).forEach((key) => { element.setAttribute(key, attributes[key]); });
    [].concat(content).forEach((part) => { if (part || part === 0) element.append(part); });
    return element;
  }

  function readWords() {
    const words = {};
    document.querySelectorAll(".compare-words div").forEach((pair) => {
      words[pair.children[0].textContent] = pair.children[1].textContent;
    });
    return words;
  }

  // The States by their codes, as the page names and links to them.
  function readLinks() {
    const links = new Map();
    document.querySelectorAll(".states [data-state] > a").forEach((link) => {
      links.set(link.parentNode.dataset.state, link);
    });
    return links;
  }

  // The codes in the address, `?states=jpn,nzl`: those that are known, each once.
  function codesOfAddress(links) {
    const codes = (new URLSearchParams(location.search).get("states") || "").toLowerCase().split(",");
    const known = codes.filter((code, at) => links.has(code) && codes.indexOf(code) === at);
    return known.slice(0, MOST);
  }

  function writeAddress(codes) {
    const query = codes.length > 0 ? "?states=" + codes.join(",") : "";
    history.replaceState(null, "", location.pathname + query + location.hash);
  }

  // Calls `done` with a State's data, or with nothing if they cannot be loaded.
  function load(folder, code, done) {
    const all = (window.comparedStates = window.comparedStates || {});
    if (all[code]) return done(all[code]);
    const script = make("script", "", { src: folder + code + ".js" });
    script.onload = () => { done(all[code]); };
    script.onerror = () => { done(null); };
    document.head.append(script);
  }

  // Without the titles resolutions have their symbols alone.
  function loadTitles(folder, done) {
    if (window.comparedTitles) return done();
    const script = make("script", "", { src: folder + "titles.js" });
    script.onload = done;
    script.onerror = done;
    document.head.append(script);
  }

  function loadAll(folder, codes, done) {
    const loaded = new Map();
    let left = codes.length;
    if (left === 0) return done(loaded);
    const one = () => {
      left -= 1;
      if (left === 0) loadTitles(folder, () => { done(loaded); });
    };
    codes.forEach((code) => {
      load(folder, code, (data) => {
        if (data) loaded.set(code, data);
        one();
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
    return state.names.map((pair) => {
      const direction = pair[0] === "ar" ? "rtl" : "ltr";
      return make("div", make("bdi", pair[1], { lang: pair[0] === "zh" ? "zh-Hans" : pair[0], dir: direction }));
    });
  }

  function recordLink(record, root) {
    const words = record.date ? record.id + " (" + record.date + ")" : record.id;
    return make("li", make("a", words, { href: root + "records/" + record.id + "/index.html" }));
  }

  // The records of one period, those of each section behind their number.
  function recordsOf(state, period, page) {
    const own = state.records.filter((record) => record.period === period);
    const sections = Array.from(new Set(own.map((record) => record.section))).sort();
    return sections.map((section) => {
      const records = own.filter((record) => record.section === section);
      const name = (page.words["section-" + section] || section) + " · " + grouped(records.length);
      const list = make("ul", records.map((record) => recordLink(record, page.root)), { class: "plain" });
      return make("details", [make("summary", name), list]);
    });
  }

  function voteOf(state, symbol, words) {
    const vote = state.votes.find((vote) => vote.symbol === symbol);
    return vote ? words["vote-" + vote.vote] : "";
  }

  function row(heading, codes, states, cell, page) {
    const cells = codes.map((code) => {
      const label = page.links.get(code).textContent;
      return make("td", cell(states.get(code), code), { "data-label": label });
    });
    return make("tr", [make("th", heading, { scope: "row" }), ...cells]);
  }

  // A row that says where the States differ.
  function comparedRow(heading, codes, states, cell, page) {
    const made = row(heading, codes, states, cell, page);
    const said = new Set(Array.from(made.cells).slice(1).map((cell) => cell.textContent));
    if (said.size > 1) {
      made.className = "differs";
      made.firstChild.append(make("small", " · " + page.words.differs));
    }
    return made;
  }

  function resolution(symbol, path, page) {
    const title = ((window.comparedTitles || {})[symbol] || {})[document.documentElement.lang];
    const link = make("a", symbol, { href: page.root + path });
    return title ? [link, make("small", " " + title)] : link;
  }

  function periodsOf(states) {
    const periods = new Set();
    states.forEach((state) => {
      state.records.forEach((record) => { periods.add(record.period); });
    });
    // Records of no period come last.
    const isLast = (period) => Number(period === "");
    return Array.from(periods).sort((left, right) => isLast(left) - isLast(right) || (left < right ? -1 : 1));
  }

  // The resolutions that one of the States voted on, newest first, each with its address.
  function resolutionsOf(states) {
    const resolutions = new Map();
    states.forEach((state) => {
      state.votes.forEach((vote) => { resolutions.set(vote.symbol, vote.path); });
    });
    const order = (left, right) => right[0].localeCompare(left[0], "en", { numeric: true });
    return Array.from(resolutions).sort(order);
  }

  function factRows(add, words) {
    add(words.signed, (state) => date(state.signed, words));
    add(words.ratified, (state) => date(state.ratified, words));
    if (words.annex) add(words.annex, (state) => words["annex-" + state.annex]);
    add(words.records, (state) => grouped(state.records.length));
    add(words.mentions, (state) => grouped(state.mentions));
  }

  function table(codes, states, page) {
    const rows = [];
    const add = (heading, cell) => { rows.push(row(heading, codes, states, cell, page)); };
    factRows(add, page.words);
    resolutionsOf(states).forEach(([symbol, path]) => {
      const cell = (state) => voteOf(state, symbol, page.words);
      rows.push(comparedRow(resolution(symbol, path, page), codes, states, cell, page));
    });
    periodsOf(states).forEach((period) => {
      add(page.words["period-" + period] || period, (state) => recordsOf(state, period, page));
    });
    add(page.words.code, (state, code) => make("code", code.toUpperCase()));
    add(page.words.names, names);
    const heads = codes.map((code) => make("th", page.links.get(code).cloneNode(true), { scope: "col" }));
    const head = make("tr", [make("th", page.words.value, { scope: "col" })].concat(heads));
    return make("table", [make("thead", head), make("tbody", rows)]);
  }

  function show(page) {
    const codes = page.codes;
    loadAll(page.folder, codes, (states) => {
      if (codes !== page.codes) return;
      const there = codes.filter((code) => states.has(code));
      const lost = codes.filter((code) => !states.has(code));
      page.fault.textContent = lost
        .map((code) => page.links.get(code).textContent + ": " + page.fault.dataset.failed)
        .join(" ");
      page.target.hidden = there.length === 0;
      page.example.hidden = there.length > 0;
      page.target.replaceChildren(there.length > 0 ? table(there, states, page) : "");
    });
  }

  function chosen(page) {
    const values = page.selects.map((select) => select.value);
    page.codes = values.filter((value, at) => value !== "" && values.indexOf(value) === at);
    writeAddress(page.codes);
    show(page);
  }

  function fillSelect(select, page, code) {
    page.links.forEach((link, code) => { select.add(new Option(link.textContent, code)); });
    select.value = code || "";
    select.addEventListener("change", () => { chosen(page); });
  }

  function start() {
    const target = document.getElementById("compared");
    const form = document.querySelector(".chooser");
    const links = readLinks();
    const page = {
      example: document.querySelector(".compare-example"), target, folder: target.dataset.folder, root: target.dataset.root, words: readWords(), links,
      codes: codesOfAddress(links), fault: document.getElementById("compare-fault"),
      selects: Array.from(form.querySelectorAll("select")),
    };
    page.selects.forEach((select, at) => { fillSelect(select, page, page.codes[at]); });
    document.querySelector(".without-script").hidden = true;
    form.hidden = false;
    show(page);
  }

  start();
})();
