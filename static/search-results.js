// What the page of search shows of what is found: results with the hit in its text, and what is said above them.
//
// Whatever comes from data becomes text nodes only.
(function () {
  "use strict";

  const search = globalThis.depositary.search;

  // Characters of a text that are shown, and those before the first hit.
  const SNIPPET = 180;
  const BEFORE = 40;
  // The votes that are told by name, of all States.
  const TOLD = ["no", "abstain"];

  /** An element with a class and children; texts become text nodes. */
  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /** A document as an item of the list of results. */
  function result(document, marks, { names, words, language, root }) {
    const link = element("a", "search-link", ...marked(document.titles[language], marks));
    link.href = root + document.path;
    const kind = element("span", "search-kind", names.kind[document.kind] ?? document.kind);
    const values = document.values.map(([name, value]) => names[name][value]).filter((value) => value !== undefined);
    const about = [document.contexts[language], ...values].filter((text) => text !== "");
    const parts = about.flatMap((text, at) => [at > 0 ? " · " : " ", element("bdi", "", text)]);
    const place = element("p", "search-place", kind, ...parts);
    return element("li", "search-result", element("h2", "", link), place, snippet(document, marks, words));
  }

  /** The part of a document's texts where most of the marks stand. */
  function snippet(document, marks, words) {
    const texts = document.fields.map(([tag, text, isTranslation]) => ({ tag, text, isTranslation, ranges: hits(text, marks) }));
    // Of texts that have as many, that in the language of the page is shown, a translation perhaps.
    const own = texts.find(({ tag }) => tag === globalThis.document.documentElement.lang.split("-")[0]) ?? texts[0];
    const best = texts.reduce((one, other) => (other.ranges.count > one.ranges.count ? other : one), own);
    const shown = element("p", "search-snippet");
    if (best === undefined) return shown;
    shown.lang = best.tag === "zh" ? "zh-Hans" : best.tag;
    shown.dir = "auto";
    const first = best.ranges.list.length > 0 ? best.ranges.list[0][0] : 0;
    const start = first <= BEFORE ? 0 : first - BEFORE;
    const cut = Math.min(best.text.length, start + SNIPPET);
    const [, end] = best.ranges.list.find(([from, to]) => from < cut && cut < to) ?? [cut, cut];
    shown.append(start > 0 ? "…" : "", ...pieces(best.text, best.ranges.list, start, end), end < best.text.length ? "…" : "");
    if (best.isTranslation) shown.append(" ", element("small", "unofficial", words.unofficial));
    return shown;
  }

  /** Where the marks stand in a text, in order and without overlaps, and how many of them do. */
  function hits(text, marks) {
    const { folded, starts, ends } = search.foldWithMap(text);
    const found = [];
    let count = 0;
    for (const mark of marks) {
      let at = folded.indexOf(mark);
      if (at >= 0) count += 1;
      for (; at >= 0; at = folded.indexOf(mark, at + mark.length)) {
        found.push([starts[at], ends[at + mark.length - 1]]);
      }
    }
    return { count, list: joined(found) };
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

  function marked(text, marks) {
    return pieces(text, hits(text, marks).list, 0, text.length);
  }

  // Above the results

  /** What was mended and left out, other ways to ask, and the answer to a question after votes. */
  function notes({ meant, left, offers, votes }, context) {
    const { words } = context;
    const lines = meant.map((one) => words.meant.replace("{typed}", one.typed).replace("{meant}", one.meant));
    if (left.length > 0) lines.push(words.left_out.replace("{words}", left.map((one) => quoted(one, words)).join(words.between)));
    const made = lines.map((line) => element("p", "search-note", line));
    if (offers.length > 0) made.push(element("ul", "search-offers", ...offers.map((offer) => element("li", "", way(offer, words)))));
    if (votes.length > 0) made.push(voted(votes, context));
    return made;
  }

  function quoted(text, words) {
    return words.quoted.replace("{words}", text);
  }

  function way({ left, query }, words) {
    const link = element("a", "", words.without.replace("{words}", quoted(left, words)));
    link.href = `?${new URLSearchParams({ q: query })}`;
    return link;
  }

  function voted(votes, context) {
    return element("section", "search-votes", element("h2", "", context.words.voted), ...votes.map((one) => vote(one, context)));
  }

  /** A day as the other pages of the language write it. */
  function inWords(date, { day, first, months }) {
    const [year, month, number] = date.split("-").map(Number);
    if (!number) return date;
    const values = { year, month, name: months[month - 1], day: number === 1 && first ? first : number };
    return day.replace(/\{(\w+)\}/gu, (_, name) => values[name]);
  }

  /** The votes on one resolution: those of the States that were asked for, or those that were not in favour by name. */
  function vote({ symbol, path, date, states, asked }, { words, names, dates, root }) {
    const link = element("a", "", symbol);
    link.href = root + path;
    const name = (state) => names.state[state] ?? state.toUpperCase();
    const voteOf = (state) => Object.keys(states).find((kind) => states[kind].includes(state));
    const own = asked.filter(voteOf).map((state) => [name(state), words.votes[voteOf(state)]]);
    const byName = (one, other) => one.localeCompare(other, document.documentElement.lang);
    const listed = (list) => (list.length === 0 ? words.votes.none : list.map(name).sort(byName).join(words.between));
    const all = [...TOLD.map((kind) => [words.votes[kind], listed(states[kind])]), [words.votes.yes, search.grouped(states.yes.length, document.documentElement.lang)]];
    const terms = (own.length > 0 ? own : all).flatMap(([term, value]) => [element("dt", "", term), element("dd", "", value)]);
    return element("div", "search-vote", element("p", "", link, ` ${inWords(date, dates)}`), element("dl", "", ...terms));
  }

  Object.assign(search, { element, result, notes });
})();
