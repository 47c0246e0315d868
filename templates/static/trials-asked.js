/* Before the page is painted: when the address asks for a selection, the first rows of all trials are
   not shown in its place, and the rows of its condition are on their way before anything else is known. */
"use strict";
(() => {
  const { parts, files } = document.currentScript.dataset;
  const asked = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(1) : location.search);
  if (!Array.from(asked.keys()).length) return;
  const root = document.documentElement;
  root.classList.add("asked");
  addEventListener("load", () => { if (!globalThis.evidenceTrials) root.classList.remove("asked"); });
  const first = asked.get("sort") ? "" : asked.get("condition") ?? "";
  const held = new Map(parts.split(" ").map((entry) => entry.split(":")));
  const wanted = new Set(first.split(",").flatMap((name) => (held.get(name) ?? "").split(",")));
  for (const part of wanted) {
    if (!part) continue;
    const script = Object.assign(document.createElement("script"), { src: `${files}rows-${part}.js`, async: true });
    script.dataset.file = `rows-${part}.js`;
    script.onerror = () => script.remove();
    document.head.append(script);
  }
})();
