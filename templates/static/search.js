/* The search page. What counts as a word is defined here and in evidence/finished/words.py, and
   tested to be the same. The index comes in scripts made by the build, so that it also works from
   a folder, where a page may not fetch. */
"use strict";
(() => {
  /* --- Words --- */
  const DASHES = /[\u2010-\u2015\u2212\ufe63\uff0d]/;
  const SINGLE_QUOTES = /[\u2018-\u201b\u02bc\u2032`\u00b4]/;
  const DOUBLE_QUOTES = /[\u201c-\u201f\u2033\u00ab\u00bb]/;
  const SUPERSCRIPTS = /[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]/;
  const FRACTIONS = /[\u00bc-\u00be\u2150-\u215e]/;
  const GREEK = { "\u03b1": "alpha", "\u03b2": "beta", "\u03b3": "gamma", "\u03b4": "delta", "\u03ba": "kappa", "\u03c4": "tau", "\u03c7": "chi" };
  const NARROW_THOUSANDS = /([0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))/g;
  const RUN = /[\p{L}\p{N}]+(?:[-.,:/'^][\p{L}\p{N}]+)*/gu;
  const DOI = /10\.[0-9]{4,9}\/[!#-&(-;=?-~]+/g;
  const DOI_TYPED = /(?:https?:\/\/)?(?:(?:dx\.)?doi\.org\/|doi: ?)?(10\.[0-9]{4,9}\/[!#-&(-;=?-~]+)/g;
  const DOI_END = ".,;:]}";
  const PIECES = /[-/:'^]/;
  const PARTS = /[-/:'^.,]/;
  const LETTER = /\p{L}/u;
  const THOUSANDS = /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
  let spellings = [];

  const known = new Map();
  const foldLetter = (letter) => {
    let folded = known.get(letter);
    if (folded === undefined) {
      const plain = letter.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
      if (DASHES.test(letter)) folded = "-";
      else if (SINGLE_QUOTES.test(letter)) folded = "'";
      else if (DOUBLE_QUOTES.test(letter)) folded = "\"";
      else if (SUPERSCRIPTS.test(letter)) folded = `^${plain}`;
      else if (FRACTIONS.test(letter)) folded = ` ${plain.replace("\u2044", "/")}`;
      else folded = Object.hasOwn(GREEK, plain) ? GREEK[plain] : plain;
      known.set(letter, folded);
    }
    return folded;
  };
  const letters = (text) => Array.from(text.replace(NARROW_THOUSANDS, "$1,"));
  const fold = (text) => letters(text).map(foldLetter).join("");

  const otherSpelling = (word) => {
    const pair = spellings.find(([british]) => word.includes(british));
    return pair ? word.replace(pair[0], pair[1]) : "";
  };
  const trimmedDoi = (doi) => {
    const ended = (text) => { /* no pattern: it would begin again at each mark of a long row */
      let end = text.length;
      while (end && DOI_END.includes(text[end - 1])) end -= 1;
      return text.slice(0, end);
    };
    let trimmed = ended(doi);
    while (trimmed.endsWith(")") && trimmed.split(")").length > trimmed.split("(").length) {
      trimmed = ended(trimmed.slice(0, -1));
    }
    return trimmed;
  };
  const forms = (run) => {
    const pieces = run.split(PIECES);
    const found = [run, ...run.split("/"), ...pieces, ...run.split(PARTS)];
    if (LETTER.test(run)) found.push(run.replace(/[-'^]/g, ""), ...pieces.map(otherSpelling).filter(Boolean));
    else found.push(...pieces.filter((piece) => THOUSANDS.test(piece)).map((piece) => piece.replaceAll(",", "")));
    return [...new Set(found)];
  };
  const words = (text) => {
    const folded = fold(text);
    const found = (folded.match(DOI) ?? []).map(trimmedDoi);
    for (const run of folded.match(RUN) ?? []) found.push(...forms(run));
    return found;
  };

  /* --- Index: parts, each with its entries and an index of them --- */
  const KINDS = {
    pages: ["Page", "Pages"], studies: ["Study", "Studies"], trials: ["Trial", "Trials"],
    claims: ["Claim", "Claims"], sources: ["Source", "Sources"], terms: ["Term", "Glossary"],
  };
  const FIELDS = ["title", "text", "around"];
  const SETTINGS = { fields: FIELDS, tokenize: words, processTerm: (word) => word, autoVacuum: false };
  const BOOST = { title: 6, text: 2, around: .25 };
  const parts = [];
  let root = "";
  let catalogue = null;
  let failed = 0;

  const entryOf = (kind, [page, anchor, title, name, passages]) => ({
    kind, page, anchor, title, name,
    passages: passages.map(([at, heading, text, around]) => ({ at, heading, text, around: Boolean(around) })),
  });

  window.evidenceSearch = {
    words, fold,
    catalogue(made) {
      catalogue = made;
      spellings = made.spellings;
      root = new URL("../", document.currentScript.src);
      for (const file of made.kinds.flatMap(([, , files]) => files)) {
        const script = document.createElement("script");
        script.src = new URL(file, root);
        script.addEventListener("error", () => { failed += 1; ready(); });
        document.head.append(script);
      }
    },
    part({ kind, entries, index }) {
      parts.push({ kind, entries: entries.map((entry) => entryOf(kind, entry)), index: MiniSearch.loadJS(index, SETTINGS) });
      ready();
    },
    find: (query) => find(query).hits.map(({ entry }) => addressOf(entry)),
    get loaded() { return loaded(); },
  };
  const files = () => catalogue.kinds.reduce((sum, [, , list]) => sum + list.length, 0);
  const loaded = () => catalogue !== null && parts.length + failed === files();

  /* --- What is asked --- */
  const asked = (query) => {
    const folded = fold(query);
    const quoted = [...folded.matchAll(/"([^"]+)"/g)].map((found) => flat(found[1]).trim()).filter(Boolean);
    const runs = [];
    const rest = folded.replace(DOI_TYPED, (all, doi) => { runs.push(trimmedDoi(doi)); return " "; });
    runs.push(...(rest.match(RUN) ?? []));
    const open = /[\p{L}\p{N}]$/u.test(folded.trimEnd()) && folded === folded.trimEnd() && !folded.match(DOI);
    return { runs: [...new Set(runs)], quoted, phrase: flat(rest).trim().includes(" ") ? flat(rest).trim() : "", open };
  };
  const flat = (folded) => ` ${(folded.match(RUN) ?? []).flatMap((run) => run.split(PIECES)).join(" ")} `;
  const isDoi = (run) => /^10\.[0-9]{4,9}\//.test(run);
  const isWord = (run) => !/[0-9]/.test(run);

  /* A word as typed, in its other forms and spellings, or all its pieces */
  const exactly = (run) => {
    if (isDoi(run)) return [run];
    const pieces = run.split(PIECES);
    const found = [run];
    if (LETTER.test(run)) found.push(run.replace(/[-'^]/g, ""));
    else if (THOUSANDS.test(run)) found.push(run.replaceAll(",", ""));
    if (pieces.length === 1) found.push(otherSpelling(run));
    else if (separable(run)) found.push({ combineWith: "AND", queries: pieces.map((piece) => ({ queries: [piece, otherSpelling(piece)].filter(Boolean) })) });
    return found.filter(Boolean);
  };
  /* "follow-up" is also two words, "40.8-56.9" two numbers; "1/2" and "i^2" are not */
  const separable = (run) => run.includes("-") || (LETTER.test(run) && !run.includes("^"));
  const beginning = (run) => {
    if (isWord(run) ? run.length < 2 : run.length < 4) return [];
    const pieces = run.split(PIECES);
    const found = [{ queries: [run, otherSpelling(run)].filter(Boolean), prefix: true }];
    if (pieces.length > 1 && isWord(run)) found.push({ combineWith: "AND", queries: [...pieces.slice(0, -1), { queries: [pieces.at(-1)], prefix: true }] });
    return found;
  };
  const swapped = (run) => Array.from(run.slice(1), (letter, at) => run.slice(0, at) + letter + run[at] + run.slice(at + 2));
  const nearly = (run) => {
    if (!isWord(run) || run.length < 4) return [];
    const typos = run.length > 7 ? 2 : 1;
    return [{ queries: [run], fuzzy: typos }, { queries: swapped(run) }];
  };
  const OPTIONS = { boost: BOOST, tokenize: (word) => [word], processTerm: (word) => word };

  const lookUp = (runs, alternatives, combineWith) => {
    const tree = { combineWith, queries: runs.map((run, at) => ({ combineWith: "OR", queries: alternatives(run, at) })) };
    return parts.flatMap((part) => part.index.search(tree, OPTIONS)
      .map(({ id, score, match }) => ({ entry: part.entries[id], score, terms: Object.keys(match) })));
  };
  const flatEntry = (entry) => entry.flat ??= flat(fold([entry.title, entry.name, ...entry.passages.map((each) => `${each.heading} \n ${each.text}`)].join(" \n ")));

  const ENOUGH = 10;
  const LOOKED_AT = 1000; /* results of which it is asked whether the words stand together */
  const find = (query) => {
    const { runs, quoted, phrase, open } = asked(query);
    const last = runs.length - 1;
    const hits = [];
    const seen = new Map();
    const add = (found, tier) => {
      for (const hit of found) {
        if (seen.has(hit.entry)) continue;
        seen.set(hit.entry, hit);
        hits.push({ ...hit, tier });
      }
    };
    if (!runs.length) return { hits, runs, nearest: false };
    add(lookUp(runs, exactly, "AND"), 0);
    const begun = (run, at) => [...exactly(run), ...(open && at === last ? beginning(run) : [])];
    if (open) add(lookUp(runs, begun, "AND"), 1);
    if (hits.length < ENOUGH) add(lookUp(runs, (run, at) => [...begun(run, at), ...nearly(run)], "AND"), 2);
    let kept = hits;
    if (quoted.length) kept = hits.filter(({ entry }) => quoted.every((each) => flatEntry(entry).includes(` ${each} `)));
    let nearest = false;
    if (!kept.length && runs.length > 1 && !quoted.length) {
      nearest = true;
      add(lookUp(runs, exactly, "OR"), 3);
      kept = hits;
    }
    kept.sort((one, other) => other.score - one.score);
    const whole = flat(fold(query));
    const wanted = phrase && (open ? ` ${phrase}` : ` ${phrase} `);
    for (const hit of kept.slice(0, LOOKED_AT)) {
      const { title, name } = hit.entry;
      if (flat(fold(title)) === whole || flat(fold(name)) === whole) hit.nearness = 2;
      else if (wanted && flatEntry(hit.entry).includes(wanted)) hit.nearness = 1;
    }
    const near = ({ nearness = 0 }) => nearness;
    kept.sort((one, other) => one.tier - other.tier || near(other) - near(one) || other.score - one.score);
    return { hits: kept, runs, phrase, nearest };
  };

  /* --- Where it matched --- */
  const runsOf = (text) => { /* each run of a text with its place in the text as written */
    const places = [];
    let folded = "";
    let at = 0;
    for (const letter of letters(text)) {
      const plain = foldLetter(letter);
      for (let count = 0; count < plain.length; count += 1) places.push(at);
      folded += plain;
      at += letter.length;
    }
    places.push(at);
    const ends = (place) => { let end = place; while (end < places.length - 1 && places[end] === places[place - 1]) end += 1; return places[end]; };
    const found = [...folded.matchAll(RUN)].map((run) => ({ start: places[run.index], end: ends(run.index + run[0].length), forms: forms(run[0]) }));
    for (const doi of folded.matchAll(DOI)) {
      const whole = trimmedDoi(doi[0]);
      found.push({ start: places[doi.index], end: ends(doi.index + whole.length), forms: [whole] });
    }
    return found.sort((one, other) => one.start - other.start);
  };
  const marksOf = (text, terms) => runsOf(text).flatMap(({ start, end, forms: own }) => {
    const met = own.filter((form) => terms.has(form));
    return met.length ? [{ start, end, met }] : [];
  });
  /* The blocks of a page in one line: a dot between those that do not end a sentence */
  const inLine = (text) => text.replace(/([.!?:;,])?\n/g, (_, mark) => mark ? `${mark} ` : " \u00b7 ");
  const marked = (text, marks, from = 0, to = text.length) => {
    const made = document.createDocumentFragment();
    let at = from;
    for (const { start, end } of marks) {
      if (start < at || end > to) continue;
      made.append(inLine(text.slice(at, start)));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      made.append(mark);
      at = end;
    }
    made.append(inLine(text.slice(at, to)));
    return made;
  };

  const BEFORE = 70;
  const LENGTH = 230;
  const excerpt = (entry, terms, phrase) => {
    let best = null;
    for (const passage of entry.passages) {
      const marks = marksOf(passage.text, terms);
      const inHeading = marksOf(passage.heading, terms).length;
      if (!marks.length && !inHeading) continue;
      const distinct = new Set(marks.flatMap(({ met }) => met)).size;
      const together = phrase && flat(fold(passage.text)).includes(` ${phrase}`) ? 4 : 0;
      const worth = distinct + together + (passage.around ? 0 : 1.5) + (inHeading ? .5 : 0);
      if (!best || worth > best.worth) best = { passage, marks, worth };
    }
    if (!best) return { passage: entry.passages.find((each) => each.text) ?? null, marks: [] };
    return best;
  };
  const windowOf = (text, marks) => {
    let from = 0;
    let most = 0;
    for (const { start } of marks) {
      const inside = marks.filter((mark) => mark.start >= start && mark.end <= start + LENGTH - BEFORE);
      const distinct = new Set(inside.flatMap(({ met }) => met)).size;
      if (distinct > most) [most, from] = [distinct, start];
    }
    let begin = from > BEFORE ? from - BEFORE : 0;
    if (begin) begin = Math.min(from, text.slice(begin, from).search(/[\s]\S/) + 1 + begin);
    let end = Math.min(text.length, begin + LENGTH);
    if (end < text.length) end = Math.max(text.slice(0, end).lastIndexOf(" "), text.slice(0, end).lastIndexOf("\n"), from + 1);
    return [begin, end];
  };
  const addressOf = (entry, passage) => {
    const anchor = passage?.at || entry.anchor;
    return anchor ? `${entry.page}#${anchor}` : entry.page;
  };

  /* --- The page --- */
  const form = document.querySelector("form.seek");
  if (!form) return;
  const field = form.elements.q;
  form.querySelector(".seek-without").hidden = true;
  const kinds = form.querySelector(".seek-kinds");
  const status = form.querySelector(".seek-status");
  const list = document.querySelector(".results");
  const more = document.querySelector(".results-more");
  const STEP = 10;
  let chosen = "";
  let shown = STEP;
  let answer = { hits: [], runs: [] };
  let last = null;

  const element = (tag, className, ...content) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  const item = ({ entry, terms, tier }) => {
    const wanted = new Set(terms);
    const { passage, marks } = excerpt(entry, wanted, answer.phrase);
    const link = element("a", "result-title", marked(entry.title, marksOf(entry.title, wanted)));
    link.href = new URL(addressOf(entry, marks.length ? passage : null), root);
    const what = element("p", "result-kind", KINDS[entry.kind][0]);
    if (entry.name !== entry.title && !entry.title.startsWith(entry.name)) what.append(element("span", "result-name", entry.name));
    if (passage?.heading && (marks.length || entry.kind === "claims")) what.append(element("span", "result-where", passage.heading));
    const made = element("li", "result", what, link);
    if (passage?.text) {
      const [from, to] = windowOf(passage.text, marks);
      const text = element("p", "result-text", from ? "… " : "", marked(passage.text, marks, from, to), to < passage.text.length ? " …" : "");
      made.append(text);
    }
    if (tier === 2) {
      const typed = new Set(answer.runs.flatMap((run) => forms(run)));
      const similar = terms.filter((term) => !typed.has(term)).slice(0, 4);
      made.append(element("p", "result-similar", `Similar to what you typed: ${similar.join(", ")}`));
    }
    return made;
  };

  const number = (count) => count.toLocaleString("en-GB");
  const several = (count) => `${number(count)} result${count === 1 ? "" : "s"}`;
  const say = () => {
    const query = field.value.trim();
    const { hits, nearest } = answer;
    const trouble = failed ? " A part of the index could not be loaded; reload the page to search all of it." : "";
    if (!query) return trouble.trim();
    if (!answer.runs.length) return `Type a word, a name or a number.${trouble}`;
    if (nearest) return `Nothing has all these words: “${query}”. ${hits.length ? `The nearest: ${several(hits.length)} with some of them.` : ""}${trouble}`;
    if (!hits.length) return `Nothing found for “${query}”.${trouble}`;
    if (hits[0].tier === 2) return `Nothing has exactly “${query}”. ${several(hits.length)} with similar words.${trouble}`;
    return `${several(hits.length)} for “${query}”${chosen ? `, ${number(filtered().length)} of them in ${KINDS[chosen][1]}` : ""}.${trouble}`;
  };
  const filtered = () => chosen ? answer.hits.filter(({ entry }) => entry.kind === chosen) : answer.hits;

  const drawKinds = () => {
    const counts = {};
    for (const { entry } of answer.hits) counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
    if (chosen && !counts[chosen]) chosen = "";
    const present = Object.keys(KINDS).filter((kind) => counts[kind]);
    const held = kinds.contains(document.activeElement) ? document.activeElement.value : null;
    const choices = [["", "All", answer.hits.length], ...present.map((kind) => [kind, KINDS[kind][1], counts[kind]])];
    kinds.querySelectorAll("label").forEach((label) => label.remove());
    for (const [kind, title, count] of choices) {
      const box = Object.assign(document.createElement("input"), { type: "radio", name: "kind", value: kind, checked: kind === chosen });
      kinds.append(element("label", "", box, " ", element("span", "", `${title} `, element("b", "", number(count)))));
      if (kind === held) box.focus();
    }
    kinds.hidden = present.length < 2;
  };
  const drawList = (from = 0) => {
    const hits = filtered();
    const made = hits.slice(from, shown).map(item);
    if (from) list.append(...made);
    else list.replaceChildren(...made);
    more.hidden = hits.length <= shown;
    more.textContent = `Show ${Math.min(STEP, Math.max(0, hits.length - shown))} more of ${number(hits.length)}`;
    return made;
  };

  const remember = () => {
    const address = new URL(location.href);
    const query = field.value.trim();
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (chosen) address.searchParams.set("kind", chosen);
    else address.searchParams.delete("kind");
    try { history.replaceState(null, "", address); } catch { /* from a folder some browsers refuse */ }
    document.title = document.title.replace(/^.*(?= – )/, query ? `${query}: search` : "Search");
  };
  const run = () => {
    if (!loaded()) { status.textContent = field.value.trim() ? "Loading the index …" : ""; return; }
    const query = field.value;
    if (query === last) return;
    last = query;
    shown = STEP;
    answer = find(query);
    drawKinds();
    drawList();
    status.textContent = say();
    remember();
  };
  const ready = () => { if (loaded()) { document.documentElement.dataset.search = "ready"; run(); } };

  const typed = new URLSearchParams(location.search);
  if (typed.get("q")) field.value = typed.get("q");
  if (Object.hasOwn(KINDS, typed.get("kind") ?? "")) chosen = typed.get("kind");
  else if (!field.value) field.focus();

  let waiting = 0;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(run, 120); });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.preventDefault();
    field.value = "";
    run();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); run(); });
  kinds.addEventListener("change", (event) => {
    chosen = event.target.value;
    shown = STEP;
    drawList();
    status.textContent = say();
    remember();
  });
  more.addEventListener("click", () => {
    const from = shown;
    shown += STEP;
    drawList(from)[0]?.querySelector("a").focus();
  });
  addEventListener("popstate", () => { field.value = new URLSearchParams(location.search).get("q") ?? ""; run(); });

  /* The key that leads to the search can be switched off (WCAG 2.1.4) */
  const key = document.querySelector(".seek-key");
  if (key) {
    const box = key.querySelector("input");
    try {
      box.checked = localStorage.getItem("search-key") !== "off";
      box.addEventListener("change", () => localStorage.setItem("search-key", box.checked ? "on" : "off"));
      key.hidden = false;
    } catch { /* no storage: no switch, and site.js has no key either */ }
  }
})();
