// A query as it is typed: its terms, and the keys of the names, symbols, dates and paragraphs that these may be.
// Nothing here touches the page.
//
// `src/render/search/name.rs` makes the same keys when the site is built; `tests/search/tokens.json` holds this to it.
(function () {
  "use strict";

  const search = globalThis.depositary.search;

  // What opens a phrase, and what may close it. A straight mark that is not closed holds to the end.
  const QUOTES = new Map([
    ['"', '"'], ["＂", "＂"], ["“", "”"], ["”", "”"], ["„", "“”"], ["«", "»"], ["»", "«"], ["‹", "›"], ["‘", "’"],
    ["「", "」"], ["『", "』"], ["〝", "〞〟"], ["｢", "｣"],
  ]);
  // Between terms: white space, and the marks of Chinese and of fullwidth writing. 《》 stand in titles and are kept.
  const SEPARATORS = /[\s，。；：！？、（）【】〔〕｜·…]+/u;
  const FIRST_SIGNS = /^[,;:!?¿¡([{.،؛؟]+/u;
  const LAST_SIGNS = /[,;:!?\]}.،؛؟]+$/u;

  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const LONG_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
  ];

  // The numbers of months by what they are called.
  const months = new Map([["sept", 9]]);

  /** Takes in the names of the twelve months in a language; of a double name, as in Arabic, each half is one. */
  function nameMonths(names) {
    names.forEach((name, at) => {
      for (const one of [name, ...name.split("/")]) months.set(search.fold(one), at + 1);
    });
  }

  nameMonths(MONTHS);
  nameMonths(LONG_MONTHS);

  /** Words parted by blanks, as queries are compared with them. */
  const words = (text) => new Set(text.split(" ").map(search.fold));

  // Words that need not stand in what is found.
  const NOISE = words(
    "a about all an and any are as at be been by can did do does find for from had has have how in into is it its list me of " +
    "on or show tell that the their there these they this those to was were what when where which who whom whose why will " +
    "with would 的 了 在 和 与 及 或 是 有 对 于 为 被 由 吗 呢 谁 何时 哪 哪些 哪个 哪国 什么 怎样 如何 怎么 有关 关于 相关 " +
    "请问 查找 做 做了 做了什么 有没有 多少 了吗 " +
    "le la les un une des du de au aux et ou où en dans sur par pour avec que qu’a qu'a qui quoi quel quelle quels quelles quand " +
    "comment combien est sont été fait faits ont trouver chercher cherche selon année années " +
    "el los las lo una unos unas del al y e o u en con por para qué quién quiénes cuál cuáles cuándo cómo dónde cuánto cuántos " +
    "hizo hicieron ha han hacer buscar sobre según año años " +
    "и или в во на о об с со из от по для к ко что кто кого какой какая какие когда где как сколько сделал сделала сделали " +
    "было были есть найти искать про год года году годах г. " +
    "في من إلى على عن مع ما ماذا متى أين كيف كم أي هل التي الذي فعلت فعل كانت كان ابحث حول بشأن عام سنة عامي"
  );
  // Those of several Han characters, the longest first: they stand within a question without blanks.
  const hanNoise = [...NOISE].filter((word) => /^\p{Script=Han}{2,}$/u.test(word)).sort((one, other) => other.length - one.length);
  // Words that people put around a symbol, which says all by itself.
  const AROUND_SYMBOLS = words(
    "adopted assembly council doc docs document documents ga gen general nations no number report res resolution " +
    "resolutions sc security symbol text un unga united unsc unscr 大会 联合国 联大 安理会 安全理事会 决议 文件 报告 号 第 " +
    "assemblée l’assemblée l'assemblée générale conseil sécurité résolution résolutions rapport onu nº no. " +
    "asamblea consejo seguridad resolución resoluciones documento documentos informe núm. núms. " +
    "генеральная генеральной ассамблея ассамблеи совет совета безопасности оон резолюция резолюции резолюцию резолюций " +
    "документ документы доклад доклады № " +
    "الجمعية العامة مجلس الأمن الأمم المتحدة قرار القرار قرارات القرارات وثيقة الوثيقة تقرير التقرير رقم"
  );
  const HAN_AROUND_SYMBOL = /^(?:联合国|联大|大会|安理会|安全理事会|决议|文件|报告|第)+|(?:号|决议|文件|报告)+$/gu;
  // Words that ask for votes, with the vote that they ask for.
  const VOTES = new Map(Object.entries({
    vote: "", votes: "", voted: "", voting: "", 投票: "", 表决: "",
    against: "no", oppose: "no", opposed: "no", 反对: "no", 投票反对: "no", 反对票: "no", 投反对票: "no",
    abstain: "abstain", abstains: "abstain", abstained: "abstain", abstaining: "abstain", abstention: "abstain",
    abstentions: "abstain", 弃权: "abstain", 投票弃权: "abstain",
    favour: "yes", favor: "yes", 赞成: "yes", 投票赞成: "yes", 赞成票: "yes", 投赞成票: "yes",
    voté: "", vota: "", votó: "", votaron: "", voto: "", votos: "", votación: "",
    голосовал: "", голосовала: "", голосовали: "", голосование: "", صوت: "", صوتت: "", التصويت: "",
    contre: "no", contra: "no", против: "no", ضد: "no",
    abstenu: "abstain", abstenue: "abstain", abstuvo: "abstain", abstuvieron: "abstain", abstención: "abstain",
    abstenciones: "abstain", воздержался: "abstain", воздержалась: "abstain", воздержались: "abstain",
    امتنع: "abstain", امتنعت: "abstain",
  }).map(([word, vote]) => [search.fold(word), vote]));

  /** Phrases in quotation marks and what stands between them, in order. */
  function parts(query) {
    const found = [];
    let plain = "";
    for (let at = 0; at < query.length; at += 1) {
      const closing = QUOTES.get(query[at]);
      const end = closing === undefined ? -1 : closesAt(query, at, closing);
      if (end < 0) {
        plain += query[at];
        continue;
      }
      found.push({ text: plain, isPhrase: false }, { text: query.slice(at + 1, end), isPhrase: true });
      plain = "";
      at = end;
    }
    return [...found, { text: plain, isPhrase: false }];
  }

  /** Where the phrase ends that opens at `at`; -1 if nothing closes it, or the mark is an apostrophe. */
  function closesAt(query, at, closing) {
    const isApostrophe = query[at] === "‘" && /\p{L}$/u.test(query.slice(0, at));
    if (isApostrophe) return -1;
    for (let end = at + 1; end < query.length; end += 1) if (closing.includes(query[end])) return end;
    return query[at] === '"' ? query.length : -1;
  }

  /** A word without the signs around it; brackets inside it stay: `8(a)`. */
  function bare(word) {
    let kept = word.replace(FIRST_SIGNS, "").replace(LAST_SIGNS, "");
    if (kept.endsWith(")") && !kept.includes("(")) kept = kept.slice(0, -1).replace(LAST_SIGNS, "");
    return kept;
  }

  /** The terms of a query: parted by white space and separators outside quotes; what stands in quotes is one term. */
  function terms(query) {
    const found = [];
    for (const { text, isPhrase } of parts(query)) {
      for (const one of isPhrase ? [text] : text.split(SEPARATORS).map(bare)) {
        const folded = search.fold(one);
        if (folded !== "") found.push({ text: one.trim(), folded, isPhrase });
      }
    }
    // What is nothing but signs is looked for as it stands.
    const whole = search.fold(query.replace(/"/gu, ""));
    return found.length === 0 && whole !== "" ? [{ text: query.trim(), folded: whole, isPhrase: true }] : found;
  }

  /** The key of a name: folded, one kind of apostrophe and hyphen, without commas, brackets and the English article. */
  function nameKey(name) {
    const plain = search.fold(name).replace(/[‘’ʼ]/gu, "'").replace(/[‐‑–—]/gu, "-").replace(/[,;()]/gu, " ");
    return `:${search.fold(plain).replace(/^the /u, "")}`;
  }

  /** The keys of a symbol or identifier in any spelling: `62/59`, `a-res-62-59`, `大会第62/59号决议`, `62/59 (2007)`. */
  function symbolKeys(text) {
    const plain = search.fold(text).replace(/[‐‑–—]/gu, "-").replace(HAN_AROUND_SYMBOL, "");
    if (!/[0-9]/u.test(plain) || !/^[\x20-\x7e]+$/u.test(plain)) return [];
    const slug = (symbol) => symbol.replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "");
    const keys = [plain, plain.replace(/ ?\([12]\d{3}\)$/u, "")].map(slug).filter((key) => key !== "");
    return [...new Set(keys)].map((key) => `#${key}`);
  }

  const HAN_FIGURES = "〇一二三四五六七八九";
  const figure = (character) => (character === "零" ? 0 : HAN_FIGURES.indexOf(character));
  const WRITTEN_YEAR = new RegExp(`[零${HAN_FIGURES}]{4}(?=年)`, "gu");
  const WRITTEN_NUMBER = /([二三]?)(十?)([一二三四五六七八九]?)(?=[月日号])/gu;

  /** A date whose numbers are written in Han characters, in figures: `二〇一〇年九月` is `2010年9月`. */
  function inFigures(folded) {
    const tens = (one) => (one === "" ? 1 : figure(one)) * 10;
    const number = (all, high, ten, low) => (ten === "" ? Array.from(all, figure).join("") : String(tens(high) + (low === "" ? 0 : figure(low))));
    return folded.replace(WRITTEN_YEAR, (year) => Array.from(year, figure).join("")).replace(WRITTEN_NUMBER, number);
  }

  /** The keys of the years that a term names: `2008`, `2008年`, `2007-2008`. */
  function yearKeys(text) {
    const match = /^([12]\d{3})年?(?:(?:[-‐‑–—~/至到]|-–)([12]\d{3}|\d\d)年?)?$/u.exec(inFigures(search.fold(text)));
    if (!match) return [];
    const first = Number(match[1]);
    const written = match[2] || match[1];
    const last = written.length === 2 ? Math.floor(first / 100) * 100 + Number(written) : Number(written);
    if (last < first || last - first > 60) return [];
    return Array.from({ length: last - first + 1 }, (_, offset) => `~${first + offset}`);
  }

  // Day, month in letters and year, in that order or the month first, with what languages put around them.
  const WRITTEN_DATE = new RegExp([
    "^(?:(\\d{1,2})(?:st|nd|rd|th|er)? )?(?:(?:of|de) )?", "(\\p{L}[\\p{L}\\p{M}/ ]*?) ", "(?:(\\d{1,2})(?:st|nd|rd|th)? )?",
    "(?:de )?([12]\\d{3})(?: (?:года?|г))?$",
  ].join(""), "u");

  /** Year, month and day as they are written: in Chinese, in letters, in figures. */
  function readDate(folded) {
    // What begins with a comma is a piece of a text.
    if (/^ *[,.]/u.test(folded)) return null;
    // Figures between dots: with the day first, as in much of Europe, or with the year first.
    const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?([12]\d{3})$/u.exec(folded);
    if (dotted) return [dotted[3], Number(dotted[2]), dotted[1]];
    const back = /^([12]\d{3})\.(\d{1,2})(?:\.(\d{1,2}))?$/u.exec(folded);
    if (back) return [back[1], Number(back[2]), back[3]];
    const plain = inFigures(folded).replace(/[,.]/gu, " ").replace(/ +/gu, " ").trim();
    const close = plain.replace(/ ?([年月日号]) ?/gu, "$1");
    const figures = /^([12]\d{3})[-/年](\d{1,2})(?:月?$|[-/月](\d{1,2})[日号]?$)/u.exec(close);
    if (figures) return [figures[1], Number(figures[2]), figures[3]];
    const written = WRITTEN_DATE.exec(plain);
    const month = written && months.get(written[2]);
    return month ? [written[4], month, written[1] ?? written[3]] : null;
  }

  /** A month or day: its key, and how texts of either language write it. */
  function dateOf(text) {
    const [year, month, day] = readDate(search.fold(text)) ?? [];
    const [inMonth, onDay] = [Number(month), day === undefined ? null : Number(day)];
    if (year === undefined || inMonth < 1 || inMonth > 12 || (onDay !== null && (onDay < 1 || onDay > 31))) return null;
    const padded = (number) => String(number).padStart(2, "0");
    const name = LONG_MONTHS[inMonth - 1];
    if (onDay === null) return { key: `~${year}-${padded(inMonth)}`, texts: [`${year}年${inMonth}月`, `${name} ${year}`] };
    const texts = [`${year}年${inMonth}月${onDay}日`, `${onDay} ${name} ${year}`];
    return { key: `~${year}-${padded(inMonth)}-${padded(onDay)}`, texts };
  }

  /** The key of a paragraph by its number: `para 8(a)`, `paragraph 8 (a)`, `第8段`. */
  function paragraphKey(text) {
    const plain = search.fold(text);
    const english = /^(?:paras?\.?|paragraphs?|¶|§) ?(\d+(?: ?\(?(?:[a-z]|[ivx]+|\d+)\)?)*)$/u.exec(plain);
    const match = english ?? /^第? ?(\d+(?: ?\([a-z0-9]+\))*) ?段$/u.exec(plain);
    return match ? `§${match[1].replace(/[^a-z0-9]+/gu, "-").replace(/-$/u, "")}` : null;
  }

  /** Every key that a text may be. */
  function keysOf(text) {
    const others = [dateOf(text)?.key, paragraphKey(text)].filter((key) => key !== undefined && key !== null);
    return [nameKey(text), ...symbolKeys(text), ...yearKeys(text), ...others];
  }

  // A date of figures and Han characters, a run of Han characters, letters right before a year, anything else.
  const PARTS = new RegExp([
    "[12]\\d{3}年(?:\\d{1,2}月(?:\\d{1,2}日)?)?", "[\\p{Script=Han}〇]+",
    "(?:(?!\\p{Script=Han})\\p{L}){3,}(?=[12]\\d{3}(?!\\d))", "(?:(?![12]\\d{3}年)[^\\p{Script=Han}〇])+",
  ].join("|"), "gu");

  /** A word of letters beside digits in its parts: `日本2009年` is a name and a year. */
  function mixedParts(text) {
    return (text.match(PARTS) ?? []).map(bare).filter((part) => part !== "");
  }

  const isNoise = (term) => !term.isPhrase && NOISE.has(term.folded) && !/^[A-Z]{3}$/u.test(term.text);
  const isAroundSymbol = (term) => !term.isPhrase && AROUND_SYMBOLS.has(term.folded);
  /** The vote that a term asks for: `no`, `abstain`, `yes`, `` for any; none if it asks for no vote. */
  const voteOf = (term) => (term.isPhrase ? undefined : VOTES.get(term.folded));

  Object.assign(search, {
    nameMonths, terms, nameKey, symbolKeys, yearKeys, dateOf, paragraphKey, keysOf, mixedParts, hanNoise, isNoise, isAroundSymbol, voteOf,
  });
})();
