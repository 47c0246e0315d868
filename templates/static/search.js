/* The search page. What counts as a word is defined here, in folding.js and in
   evidence/finished/words.py, and tested to be the same. The index comes in small scripts made by the
   build, so that it also works from a folder, where a page may not fetch: the start, the words that
   begin as those typed, and the sheets of what is shown. asking.js has asked for the first of them. */
"use strict";
(() => {
  const index = window.evidenceSearch;
  const { typed, root, ASKING, isWord, load, loadPrefixes, loadWords, prefixOf, begunFiles } = index;

  /* --- Words --- */
  const { fold, folds, letters, numbersOf } = evidenceFolding;
  const RUN = /[\p{L}\p{N}]+(?:[-.,:/'^][\p{L}\p{N}]+)*/gu;
  const DOI = /10\.[0-9]{4,9}\/[!#-&(-;=?-~]+/g;
  const DOI_TYPED = /(?:https?:\/\/)?(?:(?:dx\.)?doi\.org\/|doi: ?)?(10\.[0-9]{4,9}\/[!#-&(-;=?-~]+)/g;
  const DOI_END = ".,;:]}";
  const PIECES = /[-/:'^]/;
  const PARTS = /[-/:'^.,]/;
  const LETTER = /\p{L}/u;
  const THOUSANDS = /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
  const OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\uffef]/;
  const TRIAL_WORDS = new Set(["trial", "trials", "participate", "join", "enrol", "enroll"]);
  let told = null;

  const otherSpelling = (word) => {
    const pair = told?.spellings.find(([british]) => word.includes(british));
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

  /* --- The index: what was loaded of it --- */
  const TOGETHER = 4; /* sheets in a file */
  const STANDINGS = [ /* the kind of an entry, and how near it is to what is asked */
    ["pages", 3], ["pages", 2.6], ["terms", 2], ["pages", 1.5], ["claims", 1.2], ["studies", 1], ["trials", .9], ["sources", .8], ["pages", .5],
  ];
  const KINDS = {
    pages: ["Page", "Pages"], studies: ["Study", "Studies"], trials: ["Trial", "Trials"],
    claims: ["Claim", "Claims"], sources: ["Source", "Sources"], terms: ["Term", "Glossary"],
  };
  const held = new Map(); /* the words of each file: a word with its postings */
  const sheets = [];
  const named = new Map(); /* entries that are shown without their sheets */
  const firsts = []; /* of each entry the number of its first sheet, */
  const entryAt = []; /* of each sheet its entry, */
  const standing = []; /* of each entry its standing */
  const loadSheets = (list) => Promise.all([...new Set(list.map((sheet) => Math.floor(sheet / TOGETHER)))].map((number) => load(`search/sheets-${number}.js`)));

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const DIGIT_OF = new Uint8Array(128);
  Array.from(DIGITS, (letter, digit) => { DIGIT_OF[letter.charCodeAt(0)] = digit; });
  const WEIGHTS = 8;
  const read = new Map();
  /* The postings of a word: its sheets in order, each with a weight, and its entries in order, each
     with the best of these */
  const NOWHERE = { sheets: [], weights: [], entries: [], best: [] };
  const postings = (word) => {
    const known = read.get(word);
    if (known) return known;
    const written = held.get(prefixOf(word))?.get(word);
    if (!written) return NOWHERE;
    const list = { sheets: [], weights: [], entries: [], best: [] };
    let [sheet, number, scale, last] = [-1, 0, 1, -1];
    for (let at = 0; at < written.length; at += 1) {
      const digit = DIGIT_OF[written.charCodeAt(at)];
      number += (digit % 32) * scale;
      scale *= 32;
      if (digit >= 32) continue;
      sheet += Math.floor(number / WEIGHTS) + 1;
      const weight = number % WEIGHTS;
      list.sheets.push(sheet);
      list.weights.push(weight);
      if (list.entries[last] !== entryAt[sheet]) {
        list.entries.push(entryAt[sheet]);
        last = list.best.push(weight) - 1;
      } else if (list.best[last] < weight) list.best[last] = weight;
      [number, scale] = [0, 1];
    }
    read.set(word, list);
    return list;
  };

  Object.assign(index, {

    start(made) {
      told = made;
      for (const [rank, count] of made.standings) for (let each = 0; each < count; each += 1) standing.push(rank);
      for (const room of made.rooms) {
        firsts.push(entryAt.length);
        for (let each = 0; each < 1 << room; each += 1) entryAt.push(firsts.length - 1);
      }
      for (const [entry, page, title, name, answer] of made.named) named.set(entry, { page, anchor: "", title, name, answer });
      made.synonyms = made.synonyms.map(([own, means, pages]) => ({ own: own.map((phrase) => phrase.split(" ")), means, pages }));
      begin();
    },
    words, fold, entries: () => firsts.length,
    part(prefix, lines) { held.set(prefix, new Map(lines.split("\n").map((line) => line.split(" ")))); },
    sheets(number, places) { places.forEach((place, at) => { if (place) sheets[number * TOGETHER + at] = place; }); },
    /* For tests: what is offered to a query */
    async offer(query) { return (await find(query)).offer ?? null; },
    /* For tests: the addresses of all that is found, in order */
    async find(query) {
      const { hits } = await find(query);
      await loadSheets(hits.map(({ entry }) => firsts[entry]));
      return hits.map(({ entry }) => { const [page, anchor] = sheets[firsts[entry]]; return anchor ? `${page}#${anchor}` : page; });
    },
  });
  index.came.forEach((part) => index.part(...part));

  /* --- What is asked --- */
  const flat = (folded) => ` ${(folded.match(RUN) ?? []).flatMap((run) => run.split(PIECES)).join(" ")} `;
  const isDoi = (run) => /^10\.[0-9]{4,9}\//.test(run);
  const asked = (query) => {
    const folded = numbersOf(fold(query));
    const quoted = [...folded.matchAll(/"([^"]+)"/g)].map((found) => flat(found[1]).trim()).filter(Boolean);
    const runs = [];
    const rest = folded.replace(DOI_TYPED, (all, doi) => { runs.push(trimmedDoi(doi)); return " "; });
    runs.push(...(rest.match(RUN) ?? []));
    const open = /[\p{L}\p{N}]$/u.test(folded.trimEnd()) && folded === folded.trimEnd() && !folded.match(DOI);
    return { folded, runs, quoted, open };
  };

  /* An alternative is words that all have to be there. First a word as typed, in its other forms and
     spellings, or all its pieces: "follow-up" is also two words, "40.8-56.9" two numbers; "1/2" and
     "i^2" are not */
  const separable = (run) => run.includes("-") || (LETTER.test(run) && !run.includes("^"));
  const exactly = (run) => {
    if (isDoi(run)) return [[run]];
    const pieces = run.split(PIECES);
    const found = [[run]];
    if (LETTER.test(run)) found.push([run.replace(/[-'^]/g, "")]);
    else if (THOUSANDS.test(run)) found.push([run.replaceAll(",", "")]);
    if (pieces.length === 1) found.push([otherSpelling(run)]);
    else if (separable(run)) found.push(...ways(pieces.map((piece) => [piece, otherSpelling(piece), ...(isWord(run) ? plurals(piece) : [])].filter(Boolean))));
    if (isWord(run)) found.push(...[run, otherSpelling(run)].flatMap(plurals).map((other) => [other]));
    return found.filter(([first]) => first);
  };
  /* Each way to take one of every list; of many lists only the first of each */
  const MOST_PIECES = 3;
  const ways = (lists) => (lists.length > MOST_PIECES ? [lists.map(([first]) => first)]
    : lists.reduce((taken, list) => taken.flatMap((way) => list.map((one) => [...way, one])), [[]]));
  const plurals = (run) => {
    if (run.length < 3) return [];
    if (run.endsWith("'s")) return [run.slice(0, -2)];
    if (run.endsWith("ies")) return [`${run.slice(0, -3)}y`];
    if (run.endsWith("s")) return run.endsWith("ss") ? [] : [run.slice(0, -1), run.endsWith("es") ? run.slice(0, -2) : ""].filter(Boolean);
    return run.endsWith("y") ? [`${run}s`, `${run.slice(0, -1)}ies`] : [`${run}s`];
  };
  /* Terms: what has to be found, each with its alternatives and the pages that answer it. A row of
     words that patients use may be one; "nct 01231893" may be one word */
  const termsOf = (runs) => {
    const terms = [];
    const plain = runs.map((run) => run.replaceAll("'", ""));
    for (let at = 0; at < runs.length;) {
      let best = null;
      for (const synonym of told.synonyms) {
        for (const phrase of synonym.own) {
          const fits = phrase.every((word, step) => runs[at + step] === word || plain[at + step] === word);
          if (fits && phrase.length > (best?.length ?? 0)) best = { ...synonym, length: phrase.length };
        }
      }
      const taken = runs.slice(at, at + (best?.length ?? 1));
      const exact = taken.length > 1 ? product(taken.map(exactly)) : exactly(taken[0]);
      const term = { runs: taken, exact, meant: (best?.means ?? []).map((phrase) => phrase.split(" ").flatMap((word) => word.split(PIECES))), pages: best?.pages ?? [] };
      if (!best && /^\p{L}+$/u.test(runs[at]) && /^[0-9]+$/.test(runs[at + 1] ?? "")) term.joined = runs[at] + runs[at + 1];
      terms.push(term);
      at += taken.length;
    }
    for (let at = 0; at < terms.length - 1; at += 1) {
      const { joined } = terms[at];
      if (!joined || !terms[at + 1]) continue;
      const [one, other] = terms.splice(at, 2);
      const whole = { runs: [...one.runs, ...other.runs], exact: [[joined]], meant: [], pages: [], split: [one, other] };
      terms.splice(at, 0, whole);
    }
    const telling = terms.filter(({ runs: own }) => own.length > 1 || !ASKING.has(own[0]));
    return telling.length ? telling : terms;
  };
  const product = (lists) => [lists.map(([first]) => first).flat()];
  const typedWords = (terms) => terms.flatMap(({ exact, meant, split }) => [...exact.flat(), ...meant.flat(), ...(split ? typedWords(split) : [])]);

  const MOST_BEGUN = 40;
  const begunBy = (run) => [run, otherSpelling(run)].filter(Boolean).flatMap(begunFiles).filter((prefix) => prefix !== null);
  const begunWords = (run) => [...begunBy(run).flatMap((prefix) => [...(held.get(prefix)?.keys() ?? [])]), ...nearWords()].filter((word) => word !== run && (word.startsWith(run) || (otherSpelling(run) && word.startsWith(otherSpelling(run)))));
  let vocabulary = null;
  const nearWords = () => (vocabulary ??= told.near.split(" "));

  /* Whether one word becomes another by so many typing errors: a letter more, less or other, or two swapped */
  const errors = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let row = 1; row <= one.length; row += 1) {
      const next = [row];
      for (let column = 1; column <= other.length; column += 1) {
        const same = one[row - 1] === other[column - 1];
        let cost = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) cost = Math.min(cost, before[column - 2] + 1);
        next.push(cost);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, last] = [last, next];
    }
    return last[other.length];
  };
  /* Which letters a word has, as bits: an error changes two of them at most, which is quick to see */
  const lettersOf = (word) => {
    let bits = 0;
    for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) % 32);
    return bits;
  };
  const differ = (one, other) => {
    let count = 0;
    for (let bits = one ^ other; bits; bits &= bits - 1) count += 1;
    return count;
  };
  const MOST_NEAR = 6;
  const nearly = (run) => {
    if (!isWord(run) || run.length < 4) return [];
    const most = run.length > 7 ? 2 : 1;
    const own = lettersOf(run);
    const known = new Set(nearWords());
    for (const list of held.values()) for (const word of list.keys()) known.add(word);
    const close = [];
    for (const word of known) {
      if (Math.abs(word.length - run.length) > most || differ(own, lettersOf(word)) > 2 * most || !isWord(word) || PIECES.test(word)) continue;
      const count = errors(run, word, most);
      if (count <= most) close.push([count, word]);
    }
    return close.sort(([one], [other]) => one - other).slice(0, MOST_NEAR).map(([, word]) => word);
  };

  /* --- What is found --- */
  const VALUES = [.1, 1, 1.5, 2, 2.5, 3, 6, 9]; /* of a weight, see evidence/finished/entries.py */
  const TITLE = 6;
  const HEADING = 5; /* the title of a claim is a sentence */
  const LED_TO = 14; /* the value of a page that answers a word of patients */
  const EXACT = 0;
  const BEGUN = 1;
  const NEAR = 2;

  const NOT_FOUND = 255;

  /* Tells of each entry in which all words of an alternative stand: its place in the lists of these */
  const meet = (lists, tell) => {
    const places = lists.map(() => 0);
    const [first, ...others] = lists;
    first.entries.forEach((entry, at) => {
      places[0] = at;
      const meets = others.every(({ entries }, other) => {
        let place = places[other + 1];
        while (entries[place] < entry) place += 1;
        places[other + 1] = place;
        return entries[place] === entry;
      });
      if (meets) tell(entry, places);
    });
  };
  const rarityOf = (count) => Math.log(1 + firsts.length / (count + .5));
  /* What a term finds: of each entry how near, of what value, and the least of the weights of its words */
  const foundOf = (term, open) => {
    const found = { tiers: new Uint8Array(firsts.length).fill(NOT_FOUND), values: new Float64Array(firsts.length), leasts: new Uint8Array(firsts.length), led: new Set(), ways: [], count: 0 };
    const put = (entry, tier, value, least) => {
      if (found.tiers[entry] === NOT_FOUND) found.count += 1;
      [found.tiers[entry], found.values[entry], found.leasts[entry]] = [tier, value, least];
    };
    const lookUp = (words, tier, factor) => {
      const lists = words.map(postings);
      if (lists.some(({ entries }) => !entries.length)) return;
      const shares = lists.map(({ entries }) => rarityOf(entries.length) * factor / words.length);
      found.ways.push({ words, tier });
      meet(lists, (entry, places) => {
        const most = kindOf(entry) === "claims" ? HEADING : WEIGHTS;
        let [value, least] = [0, WEIGHTS];
        lists.forEach(({ best }, at) => {
          const weight = best[places[at]];
          value += VALUES[Math.min(weight, most)] * shares[at];
          least = Math.min(least, weight);
        });
        const before = found.tiers[entry];
        if (tier < before || (tier === before && value > found.values[entry])) put(entry, tier, value, least);
      });
    };
    const all = term.led ?? EXACT;
    term.exact.forEach((list, at) => lookUp(list, EXACT, at ? .9 : 1));
    for (const list of term.meant) lookUp(list, all, .6);
    if (!found.count && term.split) {
      const [one, other] = term.split.map((part) => foundOf(part, false));
      one.tiers.forEach((tier, entry) => { if (tier !== NOT_FOUND && other.tiers[entry] !== NOT_FOUND) put(entry, tier, one.values[entry], one.leasts[entry]); });
      found.ways.push(...one.ways);
    }
    if (open) for (const word of begunWords(term.runs.at(-1)).slice(0, MOST_BEGUN)) lookUp([...term.runs.slice(0, -1), word], BEGUN, .8);
    for (const word of term.near ?? []) for (const same of exactly(word)) lookUp(same, NEAR, .8);
    const rarity = rarityOf(found.count);
    term.pages.forEach((entry, at) => {
      const known = found.tiers[entry] !== NOT_FOUND;
      put(entry, all, (known ? found.values[entry] : 0) + (LED_TO - at) * Math.max(rarity, 1), known ? found.leasts[entry] : 0);
      found.led.add(entry);
    });
    return found;
  };
  const isFound = ({ exact, meant }) => [...exact, ...meant].some((list) => {
    let met = false;
    const lists = list.map(postings);
    if (lists.every(({ entries }) => entries.length)) meet(lists, () => { met = true; });
    return met;
  });
  /* Of a hit that is shown: the sheet that holds most of what is asked, and the words that it has */
  const placed = (hit, found) => {
    if (hit.words) return hit;
    const { entry } = hit;
    const onSheets = new Map();
    hit.words = new Set();
    for (const { tiers, ways } of found) {
      if (tiers[entry] === NOT_FOUND) continue;
      const own = new Map();
      for (const { words: all, tier } of ways) {
        if (tier === NEAR && tiers[entry] !== NEAR) continue;
        const places = all.map((word) => placesOf(postings(word), entry));
        if (!places.every((list) => list.length)) continue;
        const way = new Map();
        all.forEach((word, at) => {
          hit.words.add(word);
          for (const [sheet, value] of places[at]) way.set(sheet, (way.get(sheet) ?? 0) + value);
        });
        for (const [sheet, value] of way) own.set(sheet, Math.max(own.get(sheet) ?? 0, value));
      }
      for (const [sheet, value] of own) onSheets.set(sheet, (onSheets.get(sheet) ?? 0) + value);
    }
    hit.sheet ??= [...onSheets].reduce((best, each) => (each[1] > best[1] ? each : best), [firsts[entry], 0])[0];
    return hit;
  };
  const placesOf = ({ sheets: own, weights, entries }, entry) => {
    const rarity = rarityOf(entries.length);
    let [from, to] = [0, own.length]; /* halved until the first sheet of the entry is met */
    while (from < to) {
      const middle = (from + to) >> 1;
      if (own[middle] < firsts[entry]) from = middle + 1;
      else to = middle;
    }
    const places = [];
    for (; entryAt[own[from]] === entry; from += 1) places.push([own[from], VALUES[Math.min(weights[from], HEADING)] * rarity]);
    return places;
  };

  /* Words that are like one that was typed, and what they lead to */
  const ENOUGH = 10;
  const lookNear = async (term, begins, known = false) => {
    const [typedWord] = term.runs;
    if (begins) await loadWords(begunWords(typedWord).slice(0, MOST_BEGUN));
    term.near = nearly(typedWord).filter((word) => word !== typedWord);
    await loadWords(term.near.flatMap((word) => [word, ...exactly(word).flat()]));
    if (known) return;
    /* What a word of patients would lead to, it leads to when it is misspelt */
    const led = told.synonyms.find(({ own }) => own.some((phrase) => phrase.length === 1 && term.near.includes(phrase[0])));
    if (!led) return;
    Object.assign(term, { led: NEAR, pages: led.pages, meant: led.means.map((phrase) => phrase.split(" ").flatMap((word) => word.split(PIECES))) });
    await loadWords(term.meant.flat());
  };
  const find = async (query) => {
    const { folded, runs, quoted, open } = asked(query);
    if (!runs.length) return { hits: [], runs, terms: [], found: [], nearest: false };
    const terms = termsOf([...new Set(runs)]);
    const last = terms.at(-1);
    const begins = open && last.runs.at(-1) === runs.at(-1);
    await Promise.all([loadWords(typedWords(terms)), ...(begins ? [loadPrefixes(begunBy(runs.at(-1)))] : [])]);
    const unknown = terms.filter((term) => !term.pages.length && term.runs.length === 1 && !isFound(term));
    for (const term of unknown) await lookNear(term, begins && term === last);
    let found = terms.map((term) => foundOf(term, begins && term === last));
    const combine = (all) => {
      const hits = [];
      for (let entry = 0; entry < firsts.length; entry += 1) {
        let [count, led, tier, value, least] = [0, false, EXACT, 0, WEIGHTS];
        for (const own of found) {
          if (own.tiers[entry] === NOT_FOUND) continue;
          count += 1;
          led ||= own.led.has(entry);
          tier = Math.max(tier, own.tiers[entry]);
          value += own.values[entry];
          least = Math.min(least, own.leasts[entry]);
        }
        if (!count) continue;
        const missing = terms.length - count;
        if (all && missing && !(led && missing <= terms.length / 2 && terms.every((term, at) => found[at].tiers[entry] !== NOT_FOUND || term.runs.every(isWord)))) continue;
        const titled = !missing && least >= TITLE && kindOf(entry) !== "claims";
        const score = value * STANDINGS[standing[entry]][1] * (titled ? 2 : 1) * (count / terms.length) ** 2;
        hits.push({ entry, tier, score, whole: named.has(entry) && (led || titled) });
      }
      return hits.sort((one, other) => one.tier - other.tier || other.score - one.score || one.entry - other.entry);
    };
    let hits = combine(true);
    if (!unknown.length && !quoted.length && hits.length < ENOUGH) {
      for (const term of terms) if (!term.pages.length && term.runs.length === 1) await lookNear(term, false, true);
      found = terms.map((term) => foundOf(term, begins && term === last));
      hits = combine(true);
    }
    if (quoted.length) hits = await together(hits, quoted);
    /* "TNF-alpha" and "TNF alpha" are the same question */
    if (!hits.length && runs.length === 1 && !isDoi(runs[0]) && separable(runs[0]) && PIECES.test(runs[0])) return find(runs[0].split(PIECES).join(" "));
    const nearest = !hits.length && terms.length > 1 && !quoted.length;
    if (nearest) hits = combine(false);
    return { hits, runs, terms, found, nearest, offer: offerOf(folded, terms), foreign: foreignOf(query, runs) };
  };
  /* Those of the likeliest in which the quoted words stand together */
  const LOOKED_AT = 60;
  const together = async (hits, quoted) => {
    const likely = hits.slice(0, LOOKED_AT);
    const all = likely.map(({ entry }) => { const list = []; for (let sheet = firsts[entry]; entryAt[sheet] === entry; sheet += 1) list.push(sheet); return list; });
    await loadSheets(all.flat());
    return likely.flatMap((hit, at) => {
      const texts = all[at].filter((sheet) => sheets[sheet]).map((sheet) => [sheet, flat(fold(textOf(sheets[sheet], sheet === firsts[hit.entry])))]);
      const first = texts.find(([, text]) => quoted.every((phrase) => text.includes(` ${phrase} `))) ?? (quoted.length > 1 && quoted.every((phrase) => texts.some(([, text]) => text.includes(` ${phrase} `))) ? texts[0] : null);
      return first ? [{ ...hit, sheet: first[0], whole: false }] : [];
    });
  };
  const textOf = ([, , title, name, passages], withTitle) => [...(withTitle ? [title, name] : []), ...passages.map(([, heading, text]) => `${heading} \n ${text}`)].join(" \n ");

  /* --- What is offered --- */
  const offerOf = (folded, terms) => {
    if (!told.trials || !told.facets.length || folded.includes("\"") || /[0-9]{3}/.test(folded)) return null;
    const meant = [flat(folded), ...terms.flatMap(({ meant: phrases }) => phrases.map((phrase) => ` ${phrase.join(" ")} `))];
    const meantIn = ([, , titles]) => {
      const fits = titles.map((title, at) => [flat(fold(title.replace(/ \(.*\)/, ""))), at]).filter(([phrase]) => meant.some((text) => text.includes(phrase)));
      return fits.sort(([one], [other]) => other.length - one.length)[0]?.[1] ?? null;
    };
    const status = meantIn(told.facets[1]);
    if (status === null && !(folded.match(RUN) ?? []).some((run) => TRIAL_WORDS.has(run))) return null;
    const [condition, country] = [meantIn(told.facets[0]), meantIn(told.facets[2])];
    const wanted = [condition, status, country];
    /* No list that is empty: what comes nearest to what was asked, and what is missing from that */
    for (const chosen of [wanted, [condition, status, null], [condition, null, country], [condition, null, null]]) {
      const lists = told.lists.filter(([ill, state, , places]) => (chosen[0] ?? ill) === ill && (chosen[1] ?? state) === state && (chosen[2] === null || places.includes(String.fromCharCode(48 + chosen[2]))));
      if (!lists.length) continue;
      const named = told.facets.flatMap(([name, ids, titles], at) => (chosen[at] === null ? [] : [[`${name}=${ids[chosen[at]]}`, titles[chosen[at]]]]));
      const query = named.map(([one]) => one).join("&");
      return {
        address: query ? `${told.trials}?${query}` : told.trials, titles: named.map(([, title]) => title),
        count: condition !== null && chosen[2] === null ? lists.reduce((sum, [, , count]) => sum + count, 0) : 0,
        without: [status !== chosen[1] && told.phrases[status], country !== chosen[2] && `in ${told.facets[2][2][country]}`].filter(Boolean),
      };
    }
    return null;
  };
  const foreignOf = (query, runs) => {
    const known = told.languages.find(([, own]) => own.some((word) => !word.includes(" ") && runs.includes(word) && !postings(word).sheets.length));
    if (known) return known;
    return OTHER_SCRIPT.test(query.replace(/(?<!\p{L})\p{Script=Greek}(?!\p{L})|[\u2000-\u2bff]/gu, "")) && !/[a-z]{3}/i.test(query) ? ["", [], ""] : null;
  };

  /* --- Where it matched --- */
  const runsOf = (text) => { /* each run of a text with its place in the text as written */
    const places = [];
    let folded = "";
    let at = 0;
    const parted = letters(text);
    folds(parted).forEach((plain, number) => {
      for (let count = 0; count < plain.length; count += 1) places.push(at);
      folded += plain;
      at += parted[number].length;
    });
    places.push(at);
    const ends = (place) => { let end = place; while (end < places.length - 1 && places[end] === places[place - 1]) end += 1; return places[end]; };
    const found = [...folded.matchAll(RUN)].map((run) => ({ start: places[run.index], end: ends(run.index + run[0].length), forms: forms(run[0]) }));
    for (const doi of folded.matchAll(DOI)) {
      const whole = trimmedDoi(doi[0]);
      found.push({ start: places[doi.index], end: ends(doi.index + whole.length), forms: [whole] });
    }
    return found.sort((one, other) => one.start - other.start);
  };
  const marksOf = (text, wanted) => runsOf(text).flatMap(({ start, end, forms: own }) => {
    const met = own.filter((form) => wanted.has(form));
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
      made.append(element("mark", "", text.slice(start, end)));
      at = end;
    }
    made.append(inLine(text.slice(at, to)));
    return made;
  };
  const BEFORE = 70;
  const LENGTH = 230;
  const excerpt = (passages, wanted) => {
    let best = null;
    for (const [at, heading, text, around] of passages) {
      const marks = marksOf(text, wanted);
      const inHeading = marksOf(heading, wanted).length;
      if (!marks.length && !inHeading) continue;
      const distinct = new Set(marks.flatMap(({ met }) => met)).size;
      const worth = distinct + (around ? 0 : 1.5) + (inHeading ? .5 : 0);
      if (!best || worth > best.worth) best = { at, heading, text, marks, worth };
    }
    if (best) return best;
    const [at, heading, text] = passages.find((passage) => passage[2]) ?? ["", "", ""];
    return { at, heading, text, marks: [] };
  };
  const windowOf = (text, marks) => {
    let from = 0;
    let most = 0;
    for (const { start } of marks) {
      const inside = marks.filter((mark) => mark.start >= start && mark.end <= start + LENGTH - BEFORE);
      const distinct = new Set(inside.flatMap(({ met }) => met)).size;
      if (distinct > most) [most, from] = [distinct, start];
    }
    let begins = from > BEFORE ? from - BEFORE : 0;
    if (begins) begins = Math.min(from, text.slice(begins, from).search(/[\s]\S/) + 1 + begins);
    let end = Math.min(text.length, begins + LENGTH);
    if (end < text.length) end = Math.max(text.slice(0, end).lastIndexOf(" "), text.slice(0, end).lastIndexOf("\n"), from + 1);
    return [begins, end, from];
  };
  /* The address of a passage, with the words that a browser marks there (a text fragment): the first
     that matched and those beside it, after the words before them on the same line */
  const fragmentOf = (text, marks, from) => {
    const first = marks.findIndex(({ start }) => start >= from);
    if (first < 0) return "";
    let end = marks[first].end;
    for (const mark of marks.slice(first + 1)) {
      if (mark.start >= end && !/^[ \u00a0-]?$/.test(text.slice(end, mark.start))) break;
      end = Math.max(end, mark.end);
    }
    const encoded = (part) => encodeURIComponent(part).replaceAll("-", "%2D");
    const before = text.slice(0, marks[first].start).split("\n").at(-1).match(/\S+(?:\s+\S+){0,2}\s$/)?.[0].trim();
    return `:~:text=${before ? `${encoded(before)}-,` : ""}${encoded(text.slice(marks[first].start, end))}`;
  };

  /* --- The page --- */
  const STEP = 10;
  let form; let field; let kinds; let status; let offered; let list; let more;
  let chosen = Object.hasOwn(KINDS, typed.get("kind") ?? "") ? typed.get("kind") : "";
  let shown = STEP;
  let answer = { hits: [], runs: [], terms: [], found: [] };
  let last = null;
  let turn = 0; /* an answer that comes after a later question was asked is dropped */

  const element = (tag, className, ...content) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };
  const kindOf = (entry) => STANDINGS[standing[entry]][0];
  const complete = ({ entry, sheet, whole }) => whole || sheets[sheet];
  const item = ({ entry, sheet, whole, words: met, tier }) => {
    const wanted = new Set([...met, ...answer.terms.flatMap(({ exact }) => exact.flat())]);
    const from = whole ? named.get(entry) : { page: sheets[sheet][0], anchor: sheets[sheet][1], title: sheets[sheet][2], name: sheets[sheet][3] };
    const passage = whole ? { at: "", heading: "", text: from.answer, marks: marksOf(from.answer, wanted) } : excerpt(sheets[sheet][4], wanted);
    const link = element("a", "result-title", marked(from.title, marksOf(from.title, wanted)));
    const [begins, end, first] = windowOf(passage.text, passage.marks);
    const anchor = (passage.marks.length && passage.at) || from.anchor;
    const fragment = whole || !passage.marks.length ? "" : fragmentOf(passage.text, passage.marks, first);
    link.href = `${new URL(from.page, root)}${anchor || fragment ? `#${anchor}${fragment}` : ""}`;
    const kind = kindOf(entry);
    const what = element("p", "result-kind", KINDS[kind][0]);
    if (from.name !== from.title && !from.title.startsWith(from.name)) what.append(element("span", "result-name", from.name));
    if (passage.heading && (passage.marks.length || kind === "claims")) what.append(element("span", "result-where", passage.heading));
    const made = element("li", "result", what, link);
    if (passage.text) {
      const [start, stop] = whole ? [0, passage.text.length] : [begins, end];
      made.append(element("p", "result-text", start ? "… " : "", marked(passage.text, passage.marks, start, stop), stop < passage.text.length ? " …" : ""));
    }
    if (tier === NEAR) {
      const similar = answer.terms.flatMap(({ near = [] }) => near).filter((word) => met.has(word)).slice(0, 4);
      made.append(element("p", "result-similar", `Similar to what you typed: ${similar.join(", ")}`));
    }
    return made;
  };

  const number = (count) => String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, ","); /* Intl takes long to begin */
  const several = (count) => `${number(count)} result${count === 1 ? "" : "s"}`;
  const filtered = () => (chosen ? answer.hits.filter(({ entry }) => kindOf(entry) === chosen) : answer.hits);
  const say = () => {
    const query = field.value.trim();
    const { hits, nearest } = answer;
    const trouble = index.failed ? " A part of the index could not be loaded; reload the page to search all of it." : "";
    if (!query) return trouble.trim();
    if (!answer.runs.length) return `Type a word, a name or a number.${trouble}`;
    if (nearest) return `Nothing has all these words: “${query}”. ${hits.length ? `The nearest: ${several(hits.length)} with some of them.` : ""}${trouble}`;
    if (!hits.length) return `Nothing found for “${query}”.${trouble}`;
    if (hits[0].tier === NEAR) return `Nothing has exactly “${query}”. ${several(hits.length)} with similar words.${trouble}`;
    return `${several(hits.length)} for “${query}”${chosen ? `, ${number(filtered().length)} of them in ${KINDS[chosen][1]}` : ""}.${trouble}`;
  };

  const drawKinds = () => {
    const counts = {};
    for (const { entry } of answer.hits) counts[kindOf(entry)] = (counts[kindOf(entry)] ?? 0) + 1;
    if (chosen && !counts[chosen]) chosen = "";
    const present = Object.keys(KINDS).filter((kind) => counts[kind]);
    const focused = kinds.contains(document.activeElement) ? document.activeElement.value : null;
    const choices = [["", "All", answer.hits.length], ...present.map((kind) => [kind, KINDS[kind][1], counts[kind]])];
    kinds.querySelectorAll("label").forEach((label) => label.remove());
    for (const [kind, title, count] of choices) {
      const box = Object.assign(document.createElement("input"), { type: "radio", name: "kind", value: kind, checked: kind === chosen });
      kinds.append(element("label", "", box, " ", element("span", "", `${title} `, element("b", "", number(count)))));
      if (kind === focused) box.focus();
    }
    kinds.hidden = present.length < 2;
  };
  const drawOffer = () => {
    const made = [];
    const { offer, foreign } = answer;
    if (offer) {
      const link = element("a", "", offer.titles.length ? `The list of trials: ${offer.titles.join(", ")}` : "The list of all trials");
      link.href = new URL(offer.address, root);
      const { count, without } = offer;
      const none = without.length ? `${count === 1 ? "not" : "none of them"} known to be ${without.join(" or ")}` : "";
      const counted = count ? `${number(count)} trial${count === 1 ? "" : "s"}` : "";
      const said = [counted, none].filter(Boolean).join(", ");
      made.push(element("p", "", link, said && `: ${said}.`, offer.titles.length || said ? "" : ", to be narrowed by disease, country and status"));
    }
    if (foreign) {
      made.push(element("p", "", "This site is written in English; search with English words."));
      if (foreign[2]) made.push(Object.assign(element("p", "", foreign[2]), { lang: foreign[0] }));
    }
    /* Nothing found: the help with these ways waits far below */
    if (!answer.hits.length && answer.runs.length) made.push(...[...document.querySelectorAll(".seek-help p:has(a)")].slice(-1).map((ways) => ways.cloneNode(true)));
    offered.replaceChildren(...made);
    offered.hidden = !made.length;
  };
  /* Draws one after the other as soon as its sheet is there; the first has its sheet before the others
     are asked for. Nothing that stands moves */
  const drawList = async (from = 0) => {
    const own = turn;
    const hits = filtered().slice(from, shown).map((hit) => placed(hit, answer.found));
    if (!from && !hits.length) list.replaceChildren();
    let first = null;
    for (const hit of hits) {
      if (!complete(hit)) {
        if (first) loadSheets(hits.filter((other) => !complete(other)).map(({ sheet }) => sheet));
        await loadSheets([hit.sheet]);
        if (own !== turn) return null;
        if (!complete(hit)) continue; /* its file could not be loaded */
      }
      const line = item(hit);
      if (first || from) list.append(line);
      else list.replaceChildren(line);
      if (first) continue;
      first = line;
      await new Promise((painted) => { setTimeout(painted); });
      if (own !== turn) return null;
    }
    const left = filtered().length - shown;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(STEP, Math.max(0, left))} more of ${number(filtered().length)}`;
    return first;
  };

  const remember = () => {
    const address = new URL(location.href);
    const query = field.value.trim();
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (chosen) address.searchParams.set("kind", chosen);
    else address.searchParams.delete("kind");
    if (String(address) !== location.href) try { history.replaceState(null, "", address); } catch { /* from a folder some browsers refuse */ }
    document.title = document.title.replace(/^.*(?= – )/, query ? `${query}: search` : "Search");
  };
  const run = async () => {
    const query = field.value;
    if (query === last) return;
    last = query;
    turn += 1;
    const own = turn;
    document.documentElement.classList.toggle("asked", Boolean(query.trim()));
    const found = await find(query);
    /* Where nothing is found the other ways in are shown, which stand further down */
    if (!found.hits.length && document.readyState === "loading") await new Promise((parsed) => { addEventListener("DOMContentLoaded", parsed); });
    if (own !== turn) return;
    shown = STEP;
    answer = found;
    drawKinds();
    drawOffer();
    const drawing = drawList();
    status.textContent = say();
    remember();
    await drawing;
    if (own === turn) document.documentElement.dataset.search = query;
  };

  const begin = () => {
    form = document.querySelector("form.seek");
    if (!form) return;
    field = form.elements.q;
    kinds = form.querySelector(".seek-kinds");
    status = form.querySelector(".seek-status");
    offered = document.querySelector(".seek-offer");
    list = document.querySelector(".results");
    more = document.querySelector(".results-more");
    if (typed.get("q") && !field.value) field.value = typed.get("q");
    else if (!field.value) field.focus({ preventScroll: true });
    listen();
    run();
  };
  const listen = () => {
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
      turn += 1;
      drawList();
      status.textContent = say();
      remember();
    });
    more.addEventListener("click", async () => {
      const from = shown;
      shown += STEP;
      turn += 1;
      (await drawList(from))?.querySelector("a").focus();
    });
    addEventListener("popstate", () => { field.value = new URLSearchParams(location.search).get("q") ?? ""; run(); });
  };
  addEventListener("DOMContentLoaded", () => {
    /* The key that leads to the search can be switched off (WCAG 2.1.4) */
    const key = document.querySelector(".seek-key");
    if (!key) return;
    const box = key.querySelector("input");
    try {
      box.checked = localStorage.getItem("search-key") !== "off";
      box.addEventListener("change", () => localStorage.setItem("search-key", box.checked ? "on" : "off"));
      key.hidden = false;
    } catch { /* no storage: no switch, and site.js has no key either */ }
  });
})();
