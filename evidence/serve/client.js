// Stands in every page that is shown while somebody edits. It listens for what changed, and shows what is wrong.
(() => {
  const given = document.currentScript.dataset;
  const styles = JSON.parse(given.styles);
  const kept = "evidence-reading";

  // Where somebody was reading: the part of the page at the top of the screen, and what was open
  function place() {
    const parts = [...document.querySelectorAll("main [id]")].filter((part) => part.getClientRects().length);
    const above = parts.filter((part) => part.getBoundingClientRect().top <= 120).pop();
    return {
      page: given.address,
      id: above ? above.id : "",
      top: above ? above.getBoundingClientRect().top : 0,
      down: scrollY,
      open: [...document.querySelectorAll("details")].map((part) => part.open),
    };
  }

  function goBack(where) {
    const folds = [...document.querySelectorAll("details")];
    if (folds.length === where.open.length) folds.forEach((part, at) => { part.open = where.open[at]; });
    const part = where.id && document.getElementById(where.id);
    scrollTo({ top: part ? scrollY + part.getBoundingClientRect().top - where.top : where.down, behavior: "instant" });
  }

  let loading = false;
  function load() {
    loading = true;
    sessionStorage.setItem(kept, JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
  }

  // A page of which only words changed stays: the smallest parts that differ take the place of those that stand there.
  // What scripts have to do with is not replaced, and neither is what is not as it was served: then it is loaded anew
  const LIVELY = "script, style, link, figure, svg, form, button, input, select, details, [data-here], [data-due]";
  const TOLD = 'meta[name], meta[property], title, link[rel=canonical], script[type="application/ld+json"]'; // in the head, for others than the reader
  let was = null;
  async function served() {
    const text = await (await fetch(location.pathname, { cache: "no-store" })).text();
    return new DOMParser().parseFromString(text, "text/html");
  }
  function ownScript(page) {
    return page.querySelector("body > script[data-digest]");
  }
  const same = (one, other) => one.isEqualNode(other);
  const alike = (one, other) => one.nodeType === 1 && same(one.cloneNode(false), other.cloneNode(false));

  // What of the children of an element differs, as edits: the element as it was, and what goes and what comes
  function differences(old, now, edits) {
    const gone = [...old.childNodes], come = [...now.childNodes];
    let next = null; // the element behind what goes
    while (gone.length && come.length && same(gone[0], come[0])) { gone.shift(); come.shift(); }
    while (gone.length && come.length && same(gone.at(-1), come.at(-1))) {
      const stays = gone.pop();
      come.pop();
      if (stays.nodeType === 1) next = stays;
    }
    if (gone.length === come.length && gone.every((one, at) => same(one, come[at]) || alike(one, come[at]))) {
      gone.forEach((one, at) => { if (!same(one, come[at])) differences(one, come[at], edits); });
    } else if ([...gone, ...come].every((one) => one.nodeType === 1 || !one.textContent.trim())) {
      edits.push({ parent: old, gone: gone.filter((one) => one.nodeType === 1), come, next });
    } else {
      edits.push({ parent: old.parentNode, gone: [old], come: [now], next: old.nextElementSibling });
    }
    return edits;
  }

  // The element of the page that stands where one stood in the page as it was served
  function standing(old) {
    if (old.nodeName === "BODY") return document.body;
    if (old.id) return document.getElementById(old.id);
    const parent = standing(old.parentNode);
    return (parent && parent.children[[...old.parentNode.children].indexOf(old)]) || null;
  }

  function planned({ parent, gone, come, next }) {
    const lively = [...gone, ...come].some((one) => one.nodeType === 1 && (one.matches(LIVELY) || one.querySelector(LIVELY)));
    const there = standing(parent);
    const stand = gone.map(standing);
    if (lively || !there || there.nodeName !== parent.nodeName) return null;
    if (stand.some((one, at) => !one || one.parentNode !== there || !same(one, gone[at]))) return null;
    const behind = next && standing(next);
    if (next && (!behind || behind.parentNode !== there)) return null;
    return () => {
      come.forEach((one) => there.insertBefore(document.importNode(one, true), stand[0] ?? behind));
      stand.forEach((one) => one.remove());
    };
  }

  async function renew() {
    const page = await served();
    const own = ownScript(page), before = was && ownScript(was);
    const known = before && before.dataset.digest === given.digest; // what stands there is what was served
    const sameHead = known && [...was.head.children, ...page.head.children].every((part) => part.matches(TOLD)
      || [...was.head.children].some((one) => same(one, part)) && [...page.head.children].some((one) => same(one, part)));
    if (!own || !sameHead || !alike(was.body, page.body)) return load();
    own.remove(); // it differs in each page, and is nothing that anybody reads
    before.remove();
    const plans = differences(was.body, page.body, []).map(planned);
    if (plans.length > 20 || plans.includes(null)) return load();
    for (const plan of plans) plan();
    document.title = page.title;
    given.digest = own.dataset.digest;
    page.body.append(own);
    was = page;
  }
  addEventListener("load", async () => {
    was = await served();
    document.documentElement.dataset.preview = "ready";
  });

  const before = JSON.parse(sessionStorage.getItem(kept) || "null");
  sessionStorage.removeItem(kept);
  if (before && before.page === given.address) {
    goBack(before);
    addEventListener("load", () => goBack(before));
    // Not sooner: the browser would go where it was itself
    addEventListener("pagehide", () => { if (!loading) history.scrollRestoration = "auto"; });
  }

  // A style takes the place of the one before when it is there, so that nothing flickers
  function restyle(now) {
    for (const [name, path] of Object.entries(now)) {
      if (!name.endsWith(".css") || styles[name] === path) continue;
      for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
        if (!link.href.endsWith(`/${styles[name]}`)) continue;
        const next = link.cloneNode();
        next.href = link.href.slice(0, -styles[name].length) + path;
        next.addEventListener("load", () => link.remove());
        link.after(next);
      }
      styles[name] = path;
    }
  }

  function scriptsChanged(now) {
    return Object.entries(now).some(([name, path]) => name.endsWith(".js") && styles[name] !== path);
  }

  // The panel: what is wrong, each with its place, the line itself, and how to mend it
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    aside { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 45vh; overflow: auto;
      background: #fff; color: #1d1d1b; border-top: 4px solid #a3320b; padding: .75rem 1.25rem 1rem;
      font: 15px/1.5 system-ui, sans-serif; box-shadow: 0 -2px 12px rgb(0 0 0 / .25); }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { font-size: 1rem; margin: 0; }
    ol { margin: .5rem 0 0; padding: 0; list-style: none; }
    li { padding: .5rem 0; border-top: 1px solid #d8d4cc; overflow-wrap: anywhere; }
    li p { margin: .1rem 0; }
    code, pre { font: 13px/1.45 ui-monospace, monospace; }
    pre { margin: .25rem 0; padding: .35rem .6rem; background: #f3efe7; overflow-x: auto; }
    .place { font-weight: 600; }
    .hint { color: #4a463f; }
    button { font: inherit; padding: .15rem .8rem; min-height: 2rem; border: 1px solid #77716a; border-radius: 4px;
      background: none; color: inherit; cursor: pointer; }
    button:focus-visible { outline: 3px solid #0b62a3; outline-offset: 2px; }
    [hidden] { display: none; }
    .edit { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483646; padding: .5rem 1rem; border-radius: 4px;
      background: #1d1d1b; color: #fff; font: 15px/1.5 system-ui, sans-serif; }
    .edit:focus-visible { outline: 3px solid #0b62a3; outline-offset: 2px; }
    @media (prefers-color-scheme: dark) {
      aside { background: #1f1d1a; color: #f1ede5; border-top-color: #ff9367; }
      li { border-color: #45413b; } pre { background: #2b2824; } .hint { color: #c9c3b8; }
      button:focus-visible { outline-color: #7fc1f5; }
    }
    @media print { aside, .edit { display: none; } }`);
  const host = document.createElement("div");
  const shade = host.attachShadow({ mode: "open" });
  shade.adoptedStyleSheets = [sheet];
  const panel = document.createElement("aside");
  panel.setAttribute("aria-label", "What is to be mended");
  panel.hidden = true;
  const bar = document.createElement("header");
  const title = document.createElement("h2");
  title.setAttribute("role", "status");
  const fold = document.createElement("button");
  const list = document.createElement("ol");
  let folded = sessionStorage.getItem("evidence-folded") === "yes";
  fold.addEventListener("click", () => {
    folded = !folded;
    sessionStorage.setItem("evidence-folded", folded ? "yes" : "no");
    showFold();
  });
  bar.append(title, fold);
  panel.append(bar, list);
  shade.append(panel);
  if (given.edit) {
    const own = document.querySelector(".edit-page a");
    const link = own || words("a", "edit", "Edit this page");
    link.href = given.edit;
    if (!own) shade.append(link);
  }
  document.body.append(host);

  function showFold() {
    list.hidden = folded;
    fold.textContent = folded ? "Show" : "Hide";
    fold.setAttribute("aria-expanded", String(!folded));
  }

  function words(tag, name, text) {
    const part = document.createElement(tag);
    part.className = name;
    part.textContent = text;
    return part;
  }

  function entry(problem) {
    const item = document.createElement("li");
    item.append(words("code", "place", problem.place), words("p", "", problem.message));
    if (problem.line.trim()) {
      const mark = problem.column > 0 ? `\n${" ".repeat(problem.column - 1)}^` : "";
      const line = words("pre", "", problem.line.replaceAll("\t", " ") + mark);
      line.tabIndex = 0; // so that a long one can be read with the keyboard
      item.append(line);
    }
    for (const more of [problem.hint, problem.also]) if (more) item.append(words("p", "hint", more));
    return item;
  }

  function show(problems, count) {
    panel.hidden = !count;
    title.textContent = count ? `${count} problem${count === 1 ? "" : "s"}: nothing of this is published` : "";
    list.replaceChildren(...problems.map(entry));
    showFold();
    for (const line of shade.querySelectorAll("pre")) {
      const column = line.textContent.split("\n")[1];
      if (column) line.scrollLeft = (line.scrollWidth / line.textContent.indexOf("\n")) * column.length - line.clientWidth / 2;
    }
    // What stands at the end of the page can still be read above the panel
    document.body.style.setProperty("padding-bottom", count ? `${panel.offsetHeight}px` : "");
  }

  // What changed. A page that nobody looks at does not keep a connection
  let stream = null;
  function tell(now) {
    if (scriptsChanged(now.styles)) return load();
    restyle(now.styles);
    if (now.digest && now.digest !== given.digest) renew().catch(load);
    show(now.problems, now.count);
  }
  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource(`/.serve/events?page=${encodeURIComponent(given.address)}`);
    stream.onmessage = (event) => tell(JSON.parse(event.data));
  }
  function leave() {
    if (stream) stream.close();
    stream = null;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
