/* How letters are folded, for search and explorer alike: evidence/finished/words.py says the same, and
   both are tested on one table of pairs. */
"use strict";
window.evidenceFolding = (() => {
  const DASHES = /[\u2010-\u2015\u2212\ufe63\uff0d]/;
  const SINGLE_QUOTES = /[\u2018-\u201b\u02bc\u2032\u0060\u00b4]/;
  const DOUBLE_QUOTES = /[\u201c-\u201f\u2033\u00ab\u00bb]/;
  const SUPERSCRIPTS = /[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]/;
  const FRACTIONS = /[\u00bc-\u00be\u2150-\u215e]/;
  const NAMES = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(" ");
  const GREEK = /[\u00b5\u0370-\u03ff\u1f00-\u1fff]/;
  const BESIDE = /[A-Za-z0-9]/;
  const PLAIN = { "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u0131": "i", "\u0127": "h", "\u0167": "t", "\u014b": "n" };
  const NARROW_THOUSANDS = /([0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))/g;

  const stripped = (letter) => letter.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const known = new Map();
  const foldLetter = (letter) => {
    let folded = known.get(letter);
    if (folded === undefined) {
      const plain = stripped(letter);
      if (DASHES.test(letter)) folded = "-";
      else if (SINGLE_QUOTES.test(letter)) folded = "'";
      else if (DOUBLE_QUOTES.test(letter)) folded = "\"";
      else if (SUPERSCRIPTS.test(letter)) folded = `^${plain}`;
      else if (FRACTIONS.test(letter)) folded = ` ${plain.replace("\u2044", "/")}`;
      else folded = Object.hasOwn(PLAIN, plain) ? PLAIN[plain] : plain;
      known.set(letter, folded);
    }
    return folded;
  };
  /* A Greek letter by itself is its name, parted from letters and digits beside it */
  const spelt = (letter, before, after) => {
    const name = NAMES[stripped(letter).charCodeAt(0) - 0x3b1];
    if (!name || GREEK.test(before) || GREEK.test(after)) return null;
    return `${BESIDE.test(before) ? "-" : ""}${name}${BESIDE.test(after) ? "-" : ""}`;
  };
  const letters = (text) => Array.from(text.replace(NARROW_THOUSANDS, "$1,"));
  const folds = (parted) => parted.map((letter, at) =>
    (GREEK.test(letter) ? spelt(letter, parted[at - 1] ?? "", parted[at + 1] ?? "") : null) ?? foldLetter(letter));
  const fold = (text) => (/^[\x00-\x7f]*$/.test(text) ? text.toLowerCase().replaceAll("\u0060", "'") : folds(letters(text)).join(""));

  /* Of an address that was pasted, the number that it leads to: its longest part with five digits or more.
     A longer part than any number of a registry is words: then the address itself is looked for */
  const LONGEST = 24;
  const ADDRESS = /(?:https?:\/\/|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:gov|org|com|net|int|edu|eu|info|[a-z]{2})\/\S+/g;
  const numbersOf = (folded) => folded.replace(ADDRESS, (address) => {
    if (/10\.[0-9]{4,9}\//.test(address)) return address;
    const parts = address.split(/[^a-z0-9-]+/).filter((part) => part.length <= LONGEST && (part.match(/[0-9]/g) ?? []).length > 4);
    return parts.sort((one, other) => other.length - one.length)[0] ?? address.replace(/^https?:\/\//, "");
  });
  return { fold, folds, letters, numbersOf };
})();
