// The page of search: the query and the filters in the address, results and facets as one types.
//
// Words come from the language's script of words; whatever comes from data becomes text nodes only.
(function () {
  "use strict";

  const search = globalThis.depositary.search;

  // Results shown at first, and with each further step.
  const PAGE = 10;
  // Most blocks of texts that are loaded to check results unasked.
  const MAX_CHECKED_BLOCKS = 64;
  // Values of a facet that are shown without opening the rest.
  const VALUES_SHOWN = 6;
  // Milliseconds without a key before a search begins.
  const PAUSE = 150;
  // Characters of a text that are shown, and those before the first hit.
  const SNIPPET = 180;
  const BEFORE = 40;
  // Facets whose values are loaded only when they are opened or asked for, as there may be very many.
  const LATE = ["resolution"];

  const form = document.getElementById("search");
  const field = document.getElementById("find");
  const status = document.getElementById("search-status");
  const panes = document.getElementById("search-panes");
  const filters = document.getElementById("search-filters");
  const facets = document.getElementById("search-facets");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");

  // The query, the chosen values of each facet, which facets are open, and what was found last.
  const state = {
    query: "", chosen: new Map(), opened: new Set(),
    // The number of this search, and of the one to whose results more are being added.
    run: 0, adding: 0,
    terms: [], found: [], checks: new Map(), isSure: true, shown: 0,
  };
  let words = null;
  let names = null;
  let language = 0;

  /** An element with a class and children; texts become text nodes. */
  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function counted(message, number) {
    return message.replace("{n}", number.toLocaleString("en"));
  }

  // The address

  function readAddress(facetNames) {
    const parameters = new URLSearchParams(location.search);
    state.query = parameters.get("q") ?? "";
    for (const name of facetNames) {
      const values = parameters.getAll(name).flatMap((value) => value.split(",")).filter((value) => value !== "");
      state.chosen.set(name, new Set(values.map((value) => value.toLowerCase())));
    }
  }

  function addressOfState() {
    const parameters = new URLSearchParams();
    if (state.query !== "") parameters.set("q", state.query);
    for (const [name, values] of state.chosen) {
      for (const value of values) parameters.append(name, value);
    }
    const text = parameters.toString();
    return text === "" ? location.pathname : `?${text}`;
  }

  /** The address holds what is shown, so that it can be linked to; the switch of languages keeps it. */
  function writeAddress() {
    const address = addressOfState();
    history.replaceState(null, "", address);
    for (const link of document.querySelectorAll("nav.languages a")) {
      link.search = address.startsWith("?") ? address : "";
    }
  }

  // Finding

  /** The documents of `order` whose texts have what is still to be seen; only those of the first `most` results if given. */
  async function checked(order, checks, most) {
    const kept = [];
    for (const document of order) {
      if (kept.length >= most) break;
      if (await search.isFound(document, checks)) kept.push(document);
    }
    return kept;
  }

  async function blocksOf(checks) {
    const blocks = new Set();
    for (const document of checks.keys()) blocks.add(await search.blockOf(document));
    return blocks.size;
  }

  /** Documents that have a chosen value of every facet but `except`. */
  function filtered(documents, lists, except) {
    const active = [...state.chosen].filter(([name, values]) => values.size > 0 && name !== except);
    const sets = active.map(([name, values]) => [...values].map((value) => lists.get(name).get(value) ?? new Set()));
    return documents.filter((document) => sets.every((any) => any.some((set) => set.has(document))));
  }

  /** The values of every facet that counts now. */
  async function facetLists() {
    const isWanted = (name) => !LATE.includes(name) || state.opened.has(name) || state.chosen.get(name).size > 0;
    const wanted = [...state.chosen.keys()].filter(isWanted);
    const lists = await Promise.all(wanted.map((name) => search.facet(name)));
    return new Map(wanted.map((name, position) => [name, lists[position]]));
  }

  /** Searches for what stands in the field, and shows what is found unless another search has begun since. */
  async function run(isAsked) {
    const number = (state.run += 1);
    writeAddress();
    if (search.terms(state.query).length === 0 && !hasFilter()) return showNothing();
    status.textContent = words.working;
    try {
      const found = await search.find(state.query);
      const lists = await facetLists();
      const isSure = isAsked || (await blocksOf(found.checks)) <= MAX_CHECKED_BLOCKS;
      const all = isSure ? await checked(found.order, found.checks, Infinity) : found.order;
      if (number !== state.run) return;
      Object.assign(state, { terms: found.terms, isSure, checks: found.checks, found: filtered(all, lists, null) });
      await showResults(number);
      if (number === state.run) await showFacets(all, lists);
    } catch (error) {
      if (number === state.run) status.textContent = `${words.failed} (${error.message})`;
    }
  }

  // Results

  function showNothing() {
    panes.hidden = true;
    status.textContent = words.start;
    list.replaceChildren();
  }

  function showCount() {
    const number = state.found.length;
    if (!state.isSure) {
      const button = element("button", "search-check", words.check);
      button.type = "button";
      button.addEventListener("click", () => run(true));
      return status.replaceChildren(counted(number === 1 ? words.at_most_one : words.at_most, number), " ", button);
    }
    const message = number === 1 ? words.results_one : words.results;
    status.textContent = number === 0 ? words.none : counted(message, number);
  }

  async function showResults(number) {
    list.replaceChildren();
    state.shown = 0;
    await showMore(number);
    if (number !== state.run) return;
    showCount();
    panes.hidden = state.found.length === 0 && !hasFilter();
  }

  /** Appends the next results; those that turn out to be none are left out. */
  async function showMore(number) {
    if (state.adding === number) return;
    state.adding = number;
    await add(number);
    if (state.adding === number) state.adding = 0;
  }

  async function add(number) {
    const rest = state.found.slice(state.shown);
    const next = state.isSure ? rest.slice(0, PAGE) : await checked(rest, state.checks, PAGE);
    const documents = await Promise.all(next.map((document) => search.read(document)));
    if (number !== state.run) return;
    list.append(...documents.map(result));
    const last = next[next.length - 1];
    state.shown = last === undefined ? state.found.length : state.found.indexOf(last) + 1;
    const left = state.found.length - state.shown;
    more.hidden = left === 0;
    more.textContent = counted(words.more, Math.min(PAGE, left));
  }

  function result(document) {
    const link = element("a", "search-link", ...marked(document.titles[language], state.terms));
    link.href = form.dataset.root + document.path;
    const kind = element("span", "search-kind", names.kind[document.kind] ?? document.kind);
    const values = document.values.map(([name, value]) => names[name][value]).filter((value) => value !== undefined);
    const place = element("p", "search-place", kind, ` ${document.contexts[language]}${values.join(" · ")}`);
    return element("li", "search-result", element("h2", "", link), place, snippet(document));
  }

  /** The part of a document's texts where most of the terms stand. */
  function snippet(document) {
    const texts = document.fields.map(([tag, text]) => ({ tag, text, ranges: hits(text, state.terms) }));
    const best = texts.reduce((one, other) => (other.ranges.terms > one.ranges.terms ? other : one), texts[0]);
    const shown = element("p", "search-snippet");
    if (best === undefined) return shown;
    shown.lang = best.tag === "zh" ? "zh-Hans" : best.tag;
    shown.dir = "auto";
    const first = best.ranges.list.length > 0 ? best.ranges.list[0][0] : 0;
    const start = first <= BEFORE ? 0 : first - BEFORE;
    const end = Math.min(best.text.length, start + SNIPPET);
    shown.append(start > 0 ? "…" : "", ...pieces(best.text, best.ranges.list, start, end), end < best.text.length ? "…" : "");
    return shown;
  }

  /** Where the terms stand in a text, in order and without overlaps, and how many of the terms do. */
  function hits(text, terms) {
    const { folded, starts, ends } = search.foldWithMap(text);
    const found = [];
    let count = 0;
    for (const term of terms) {
      let at = folded.indexOf(term.folded);
      if (at >= 0) count += 1;
      for (; at >= 0; at = folded.indexOf(term.folded, at + term.folded.length)) {
        found.push([starts[at], ends[at + term.folded.length - 1]]);
      }
    }
    return { terms: count, list: joined(found) };
  }

  function joined(ranges) {
    const apart = [];
    for (const [start, end] of ranges.sort((one, other) => one[0] - other[0])) {
      const last = apart[apart.length - 1];
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
      else apart.push([start, end]);
    }
    return apart;
  }

  /** A part of a text as nodes, with the ranges marked. */
  function pieces(text, ranges, from, to) {
    const nodes = [];
    let at = from;
    for (const [start, end] of ranges.filter(([start, end]) => end > from && start < to)) {
      nodes.push(text.slice(at, Math.max(at, start)));
      at = Math.min(end, to);
      nodes.push(element("mark", "", text.slice(Math.max(start, from), at)));
    }
    nodes.push(text.slice(at, to));
    return nodes;
  }

  function marked(text, terms) {
    return pieces(text, hits(text, terms).list, 0, text.length);
  }

  // Facets

  async function showFacets(all, lists) {
    const symbols = lists.has("resolution") ? await search.load("symbols") : {};
    const focused = document.activeElement?.id;
    const made = [...state.chosen.keys()].map((name) => facet(name, lists.get(name), all, lists, symbols));
    facets.replaceChildren(...made.filter((one) => one !== null), ...clearing());
    if (focused) (document.getElementById(focused) ?? facets.querySelector(`[id^="${focused}-"]`))?.focus();
  }

  /** One facet; one that is loaded late is closed until it is asked for. */
  function facet(name, values, all, lists, symbols) {
    const title = words.facets[name];
    if (values === undefined) return lateFacet(name, title);
    const documents = filtered(all, lists, name);
    const counts = new Map([...values].map(([value, set]) => [value, documents.filter((one) => set.has(one)).length]));
    const chosen = state.chosen.get(name);
    const kept = [...counts].filter(([value, count]) => count > 0 || chosen.has(value));
    if (kept.length === 0) return null;
    const label = (value) => (name === "resolution" ? symbols[value] : names[name]?.[value]) ?? value;
    const boxes = inOrder(name, kept, label).map(([value, count]) => box(name, value, label(value), count));
    return element("fieldset", "search-facet", element("legend", "", title), ...folded(name, boxes));
  }

  /** Years from the latest, other values from the one with most documents. */
  function inOrder(name, values, label) {
    const isChosen = ([value]) => (state.chosen.get(name).has(value) ? 0 : 1);
    const byName = (one, other) => label(one[0]).localeCompare(label(other[0]), document.documentElement.lang);
    const order = name === "year" ? (one, other) => other[0] - one[0] : (one, other) => other[1] - one[1] || byName(one, other);
    return values.sort((one, other) => isChosen(one) - isChosen(other) || order(one, other));
  }

  function box(name, value, label, count) {
    const input = element("input");
    input.type = "checkbox";
    input.id = `facet-${name}-${value}`;
    input.checked = state.chosen.get(name).has(value);
    input.addEventListener("change", () => {
      if (input.checked) state.chosen.get(name).add(value);
      else state.chosen.get(name).delete(value);
      run(false);
    });
    const text = element("span", "search-value", label);
    return element("label", "search-box", input, text, element("span", "search-count", count.toLocaleString("en")));
  }

  /** The first boxes, and the rest behind a summary. */
  function folded(name, boxes) {
    if (boxes.length <= VALUES_SHOWN + 1) return boxes;
    const rest = boxes.slice(VALUES_SHOWN);
    const details = element("details", "", element("summary", "", counted(words.all_values, rest.length)), ...rest);
    details.open = state.opened.has(`${name}-rest`);
    details.addEventListener("toggle", () => remember(`${name}-rest`, details.open));
    return [...boxes.slice(0, VALUES_SHOWN), details];
  }

  function remember(name, isOpen) {
    if (isOpen) state.opened.add(name);
    else state.opened.delete(name);
  }

  function lateFacet(name, title) {
    const button = element("button", "search-late", title, " …");
    button.type = "button";
    button.id = `facet-${name}`;
    button.addEventListener("click", () => {
      state.opened.add(name);
      run(false);
    });
    return element("div", "search-facet", button);
  }

  function hasFilter() {
    return [...state.chosen.values()].some((values) => values.size > 0);
  }

  function clearing() {
    if (!hasFilter()) return [];
    const button = element("button", "search-clear", words.clear);
    button.type = "button";
    button.addEventListener("click", () => {
      for (const values of state.chosen.values()) values.clear();
      field.focus();
      run(false);
    });
    return [button];
  }

  // Keys

  /** Arrows go through the results and back to the field; Enter follows the link as everywhere. */
  function onArrow(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...list.querySelectorAll("a.search-link")];
    const at = links.indexOf(document.activeElement);
    const isInside = document.activeElement === field || at >= 0;
    if (step === undefined || !isInside || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = at + step;
    if (next >= links.length) return;
    event.preventDefault();
    if (next >= 0) links[next].focus();
    else field.focus();
  }

  function listen() {
    let timer = 0;
    const start = () => {
      clearTimeout(timer);
      state.query = field.value;
      run(false);
    };
    field.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(start, PAUSE);
    });
    field.addEventListener("compositionend", () => {
      timer = setTimeout(start, PAUSE);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      start();
    });
    more.addEventListener("click", () => showMore(state.run));
    document.addEventListener("keydown", onArrow);
  }

  async function start() {
    ({ words, names, language } = await search.load(form.dataset.words));
    readAddress((await search.load("index")).facets);
    field.value = state.query;
    filters.open = globalThis.matchMedia("(min-width: 48rem)").matches;
    listen();
    if (state.query === "") field.focus();
    await run(false);
  }

  start();
})();
