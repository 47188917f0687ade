// The page of search: the query and the filters in the address, results and facets as one types.
//
// Words come from the language's script of words; whatever comes from data becomes text nodes only.
(function () {
  "use strict";

  const search = globalThis.depositary.search;

  // Results shown at first, and with each further step.
  const PAGE = 10;
  // Most blocks of texts that are loaded to check results unasked.
  const MAX_CHECKED_BLOCKS = 16;
  // Values of a facet that are shown without opening the rest.
  const VALUES_SHOWN = 6;
  // Milliseconds without a key before a search begins.
  const PAUSE = 150;
  // Milliseconds without a key after which what is typed is a search of its own in the history.
  const STEP = 1000;
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
  const answer = document.getElementById("search-answer");
  const ways = document.getElementById("search-ways");

  // The query, the chosen values of each facet, which facets are open, and what was found last.
  const state = {
    query: "", chosen: new Map(), opened: new Set(),
    // The number of this search, and of the one to whose results more are being added.
    run: 0, adding: 0,
    answer: null, found: [], checks: new Map(), isSure: true, shown: 0,
    // Whether the results stand, so that their place can be kept; whether one is typing, and the timer that ends it.
    isSettled: false, isTyping: false, typing: 0,
  };
  let words = null;
  let names = null;
  let dates = null;
  let language = 0;

  const { element } = search;

  const pageLanguage = document.documentElement.lang;
  const grouped = (number) => search.grouped(number, pageLanguage);
  const counted = (forms, number) => search.counted(forms, number, pageLanguage);

  // The address and the history

  function readAddress(facetNames) {
    const parameters = new URLSearchParams(location.search);
    state.query = parameters.get("q") ?? "";
    state.chosen.clear();
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
  function writeAddress(isStep) {
    const address = addressOfState();
    const isNew = address !== location.search && !(address === location.pathname && location.search === "");
    if (isNew && isStep) history.pushState(null, "", address);
    else if (isNew) history.replaceState(null, "", address);
    for (const link of document.querySelectorAll("nav.languages a")) {
      link.search = address.startsWith("?") ? address : "";
    }
  }

  /** Each search is a step of the history; what is typed in one go is one. */
  function isNewStep() {
    const isNew = !state.isTyping;
    state.isTyping = true;
    clearTimeout(state.typing);
    state.typing = setTimeout(endStep, STEP);
    return isNew;
  }

  function endStep() {
    clearTimeout(state.typing);
    state.isTyping = false;
  }

  /** The history holds how many results are shown and where on the page one is, for the way back. */
  function keepPlace() {
    if (state.isSettled) history.replaceState({ shown: list.children.length, top: scrollY }, "");
  }

  async function goBack(place) {
    field.value = state.query;
    await run({ place: place ?? { shown: 0, top: 0 } });
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

  /**
   * Searches for what stands in the field, and shows what is found unless another search has begun since.
   * `isStep` makes it a step of the history; `isAsked` checks each result; `place` is where one was before.
   */
  async function run({ isStep = false, isAsked = false, place = null }) {
    const number = (state.run += 1);
    state.isSettled = false;
    writeAddress(isStep);
    if (search.terms(state.query).length === 0 && !hasFilter()) return showNothing();
    status.textContent = words.working;
    try {
      const found = await search.find(state.query);
      const lists = await facetLists();
      const isSure = isAsked || (await blocksOf(found.checks)) <= MAX_CHECKED_BLOCKS;
      const all = isSure ? await checked(found.order, found.checks, Infinity) : found.order;
      if (number !== state.run) return;
      Object.assign(state, { answer: found, isSure, checks: found.checks, found: filtered(all, lists, null) });
      await showResults(number, place);
      if (number === state.run) await showFacets(all, lists);
    } catch (error) {
      if (number === state.run) status.textContent = `${words.failed} (${error.message})`;
    }
  }

  // Results

  function showNothing() {
    panes.hidden = true;
    ways.hidden = true;
    status.textContent = words.start;
    answer.replaceChildren();
    list.replaceChildren();
  }

  function showCount() {
    const number = state.found.length;
    if (!state.isSure) {
      const button = element("button", "find-button search-check", words.check);
      button.type = "button";
      button.addEventListener("click", () => run({ isAsked: true }));
      return status.replaceChildren(counted(words.at_most, number), " ", button);
    }
    status.textContent = number === 0 ? words.none : counted(words.results, number);
  }

  /** The first results, or as many as were shown before, and what is said above them, at once so that nothing jumps. */
  async function showResults(number, place) {
    state.shown = 0;
    state.adding = number;
    const items = await next(number);
    while (items.length < (place?.shown ?? 0) && state.shown < state.found.length) items.push(...(await next(number)));
    state.adding = 0;
    if (number !== state.run) return;
    list.replaceChildren(...items);
    answer.replaceChildren(...search.notes(state.answer, context()));
    showCount();
    showLeft();
    panes.hidden = state.found.length === 0 && !hasFilter();
    ways.hidden = state.found.length > 0;
    state.isSettled = true;
    if (place !== null) scrollTo(0, place.top);
    keepPlace();
  }

  /** Appends the next results; those that turn out to be none are left out. */
  async function showMore(number) {
    if (state.adding === number) return;
    state.adding = number;
    const items = await next(number);
    if (state.adding === number) state.adding = 0;
    if (number !== state.run) return;
    list.append(...items);
    showLeft();
    keepPlace();
  }

  async function next(number) {
    const rest = state.found.slice(state.shown);
    const some = state.isSure ? rest.slice(0, PAGE) : await checked(rest, state.checks, PAGE);
    const documents = await Promise.all(some.map((document) => search.read(document)));
    if (number !== state.run) return [];
    const last = some[some.length - 1];
    state.shown = last === undefined ? state.found.length : state.found.indexOf(last) + 1;
    return documents.map((document) => search.result(document, state.answer.marks, context()));
  }

  function showLeft() {
    const left = state.found.length - state.shown;
    more.hidden = left === 0;
    more.textContent = words.more.replace("{n}", grouped(Math.min(PAGE, left)));
  }

  function context() {
    return { words, names, dates, language, root: form.dataset.root };
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
    const byName = (one, other) => label(one[0]).localeCompare(label(other[0]), pageLanguage);
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
      endStep();
      run({ isStep: true });
    });
    const text = element("span", "search-value", label);
    return element("label", "search-box", input, text, element("span", "search-count", grouped(count)));
  }

  /** The first boxes, and the rest behind a summary. */
  function folded(name, boxes) {
    if (boxes.length <= VALUES_SHOWN + 1) return boxes;
    const rest = boxes.slice(VALUES_SHOWN);
    const details = element("details", "", element("summary", "", words.all_values.replace("{n}", grouped(rest.length))), ...rest);
    details.open = state.opened.has(`${name}-rest`);
    details.addEventListener("toggle", () => remember(`${name}-rest`, details.open));
    return [...boxes.slice(0, VALUES_SHOWN), details];
  }

  function remember(name, isOpen) {
    if (isOpen) state.opened.add(name);
    else state.opened.delete(name);
  }

  function lateFacet(name, title) {
    const button = element("button", "find-button search-late", title, " …");
    button.type = "button";
    button.id = `facet-${name}`;
    button.addEventListener("click", () => {
      state.opened.add(name);
      run({});
    });
    return element("div", "search-facet", button);
  }

  function hasFilter() {
    return [...state.chosen.values()].some((values) => values.size > 0);
  }

  function clearing() {
    if (!hasFilter()) return [];
    const button = element("button", "find-button search-clear", words.clear);
    button.type = "button";
    button.addEventListener("click", () => {
      for (const values of state.chosen.values()) values.clear();
      field.focus();
      endStep();
      run({ isStep: true });
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
      run({ isStep: isNewStep() });
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
      endStep();
    });
    addEventListener("popstate", (event) => {
      endStep();
      readAddress([...state.chosen.keys()]);
      goBack(event.state);
    });
    let scrolling = 0;
    addEventListener("scroll", () => {
      clearTimeout(scrolling);
      scrolling = setTimeout(keepPlace, PAUSE);
    });
    addEventListener("pagehide", keepPlace);
    more.addEventListener("click", () => showMore(state.run));
    document.addEventListener("keydown", onArrow);
  }

  async function start() {
    ({ words, names, language, dates } = await search.load(form.dataset.words));
    search.nameMonths(dates.months);
    search.nameMonths(dates.months_alone ?? []);
    readAddress((await search.load("index")).facets);
    history.scrollRestoration = "manual";
    filters.open = globalThis.matchMedia("(min-width: 48rem)").matches;
    listen();
    if (state.query === "") field.focus();
    await goBack(history.state);
  }

  start();
})();
