/* The first script of the search page: as soon as the address is known, it asks for the files of the
   words in it, while the search itself is still on its way. The build adds the table of these files
   below. What comes before search.js has run is kept for it. */
"use strict";
window.evidenceSearch = (() => {
  /* Before anything is painted: a page that was asked something keeps room for the answer */
  const typed = new URLSearchParams(location.search);
  document.documentElement.classList.add("scripted");
  if (typed.get("q")) document.documentElement.classList.add("asked");

  const root = new URL("../", document.currentScript.src);
  const RUN = /[a-z0-9]+(?:[-.,:/'^][a-z0-9]+)*/g;
  /* Words that ask, and say nothing of what is asked; left out unless nothing else is typed */
  const ASKING = new Set(("a about after am an and any anybody anyone are as at be been best by can cause could did do does for from get gets go "
    + "going good has have help helps how i if in into is it its long make me much my near need of on or people possible "
    + "please should take tell that the their them there they this to us was we what when where which who why will with work works would you your").split(" "));
  const isWord = (run) => !/[0-9]/.test(run);
  const files = new Map(); /* a promise for each file that was asked for */
  const prefixes = new Set(); /* what words begin with that have a file */
  const came = [];
  let deepest = 0;

  const load = (path) => {
    if (!files.has(path)) {
      files.set(path, new Promise((done) => {
        const script = document.createElement("script");
        script.src = new URL(path, root);
        script.fetchPriority = "high"; /* scripts that are added otherwise wait for those that the page names */
        script.addEventListener("load", done);
        script.addEventListener("error", () => { index.failed = true; done(); });
        document.head.append(script);
      }));
    }
    return files.get(path);
  };
  const fileOf = (prefix) => `search/words-${Array.from(prefix, (letter) => (/[a-z0-9]/.test(letter) ? letter : `_${letter.codePointAt(0).toString(16)}_`)).join("")}.js`;
  const prefixOf = (word) => {
    const ended = Array.from(`${word} `);
    for (let length = Math.min(ended.length, deepest); length; length -= 1) {
      const prefix = ended.slice(0, length).join("");
      if (prefixes.has(prefix)) return prefix;
    }
    return null;
  };
  const loadPrefixes = (list) => Promise.all([...new Set(list)].filter((prefix) => prefix !== null).map((prefix) => load(fileOf(prefix))));
  const loadWords = (list) => loadPrefixes(list.map(prefixOf));

  /* Where words may be that begin as what is typed: not more than a few files */
  const MOST_FILES = 3;
  const begunFiles = (run) => {
    if (isWord(run) ? run.length < 2 : run.length < 4) return [];
    const longer = [...prefixes].filter((prefix) => prefix.startsWith(run));
    return longer.length > MOST_FILES ? [prefixOf(run)] : [prefixOf(run), ...longer];
  };
  /* Only what is sure: an address that was pasted, and letters with accents, wait for search.js */
  const askEarly = (query) => {
    const plain = query.toLowerCase();
    if (!/^[\x00-\x7f]+$/.test(plain) || (plain.includes("/") && !plain.startsWith("10."))) return;
    const runs = plain.match(RUN) ?? [];
    loadWords(runs.filter((run) => !ASKING.has(run)));
    if (/[a-z0-9]$/.test(plain) && !plain.startsWith("10.")) loadPrefixes(begunFiles(runs.at(-1)));
  };

  const index = {
    typed, root, ASKING, isWord, prefixes, load, loadPrefixes, loadWords, prefixOf, begunFiles, came, failed: false,
    /* The table of prefixes: after a letter, in brackets, those that follow it where its words are parted */
    table(written) {
      const above = [];
      let prefix = "";
      for (const letter of written) {
        if (letter === ">") { above.pop(); continue; }
        if (letter === "<") { prefixes.delete(prefix); above.push(prefix); continue; }
        prefix = `${above.at(-1) ?? ""}${letter}`;
        prefixes.add(prefix);
      }
      deepest = Math.max(...[...prefixes].map((one) => one.length));
      askEarly(typed.get("q") ?? "");
    },
    part(...part) { came.push(part); },
  };
  addEventListener("DOMContentLoaded", () => {
    if (!index.entries?.()) document.querySelector(".seek-status").textContent = "The index could not be loaded; reload the page.";
  });
  return index;
})();
