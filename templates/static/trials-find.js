/* Words of the trials, looked for as a reader types: every word of theirs is known with the trials that
   have it (trials/words.js), so a query is a walk over the distinct words, not over the trials. */
"use strict";
globalThis.evidenceFinder = (() => {
  const { count, size, add, both, everything, placeOf } = globalThis.evidenceTrials;
  const [listed, standing] = globalThis.trialWords;
  const words = listed.split("\n");
  const steps = standing.split("\n");
  const AROUND = ".,;:()[]{}\"'!?";
  const ONE = 70, TWO = 88, BASE = 90;
  const addRows = (set, text) => {
    let row = -1;
    for (let at = 0; at < text.length; at += 1) {
      const next = () => placeOf(text.charCodeAt(at += 1));
      const lead = placeOf(text.charCodeAt(at));
      if (lead < ONE) row += lead + 1;
      else if (lead < TWO) row += (lead - ONE) * BASE + next() + ONE + 1;
      else row += (next() * BASE + next()) * BASE + next() + 1;
      add(set, row);
    }
  };
  const trimmed = (word) => {
    let start = 0, end = word.length;
    while (start < end && AROUND.includes(word[start])) start += 1;
    while (end > start && AROUND.includes(word[end - 1])) end -= 1;
    return word.slice(start, end);
  };
  const known = new Map(); /* what the last queries found, word by word */
  const rowsOf = (word) => {
    if (!known.has(word)) {
      if (known.size > 50) known.clear();
      const set = new Uint32Array(size);
      words.forEach((other, place) => { if (other.includes(word)) addRows(set, steps[place]); });
      known.set(word, set);
    }
    return known.get(word);
  };
  const matching = (text) => {
    const folded = evidenceFolding.numbersOf(evidenceFolding.fold(text)).replaceAll("-", " ");
    const typed = folded.split(/\s+/).map(trimmed).filter(Boolean);
    return count ? typed.map(rowsOf).reduce(both, everything) : everything;
  };
  return { matching };
})();
