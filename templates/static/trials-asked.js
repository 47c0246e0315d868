/* Before the page is painted: when the address asks for a selection, the first rows of all trials are
   not shown in its place, and the rows of its condition are on their way before anything else is known.
   A promise for each file, which trials.js takes over, whether the file has come by then or not. */
"use strict";
(() => {
  const { parts, files } = document.currentScript.dataset;
  const asked = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(1) : location.search);
  if (!Array.from(asked.keys()).length) return;
  const root = document.documentElement;
  root.classList.add("asked");
  const begun = globalThis.trialFiles = new Map();
  addEventListener("load", () => { if (!globalThis.evidenceTrials) root.classList.remove("asked"); });
  const first = asked.get("sort") ? "" : asked.get("condition") ?? "";
  const held = new Map(parts.split(" ").map((entry) => entry.split(":")));
  const wanted = new Set(first.split(",").flatMap((name) => (held.get(name) ?? "").split(",")));
  for (const part of wanted) {
    if (!part) continue;
    const name = `rows-${part}.js`;
    const script = Object.assign(document.createElement("script"), { src: files + name, async: true });
    const coming = new Promise((done, failed) => {
      script.onload = done;
      script.onerror = () => failed(new Error(name));
    });
    coming.catch(() => {}); /* trials.js asks again */
    begun.set(name, coming);
    document.head.append(script);
  }
})();
