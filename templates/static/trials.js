/* The trial explorer: narrows, sorts and hands out the table that the page already shows.
   trials/facets.js says of each trial which values it has. Each value is a set of bits, one for each
   trial, so a selection is a few ANDs, and its counts are counted bits. Rows come in parts, when they are
   shown; words, orders and what is taken away when they are asked for. All are scripts: a page opened
   from a folder may not fetch. Without them the table of the page stays as it is. */
"use strict";
(() => {
  const explorer = document.getElementById("explorer");
  const told = globalThis.trialFacets;
  if (!explorer || !told) return;

  const PAGE = 50;
  const one = (selector) => explorer.querySelector(selector);
  const all = (selector) => Array.from(explorer.querySelectorAll(selector));
  const make = (tag, fields, ...children) => {
    const made = Object.assign(document.createElement(tag), fields);
    made.append(...children);
    return made;
  };
  const curled = (text) => String(text).replaceAll("'", "’");
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  const isYear = (id) => /^[0-9]+$/.test(id);
  const ofTrials = (number) => (number === 1 ? "1 trial" : `${grouped(number)} trials`);

  /* --- Files that come later --- */
  const begun = globalThis.trialFiles ?? new Map(); /* by trials-asked.js, each taken over once */
  const loading = new Map();
  const code = new Map(explorer.dataset.code.split(" ").map((named) => named.split("="))); /* names say what is in a file */
  const asking = (name, folder) => new Promise((done, failed) => {
    const script = make("script", { src: folder === "code" ? code.get(name) : explorer.dataset.files + name, async: true });
    script.onload = done;
    script.onerror = () => failed(new Error(name));
    document.head.append(script);
  });
  /* A file that was lost on its way is asked for once more at once, and again when it is next needed */
  const load = (name, folder = "files") => {
    if (!loading.has(name)) {
      const coming = (begun.get(name) ?? asking(name, folder)).catch(() => asking(name, folder));
      begun.delete(name);
      loading.set(name, coming);
      coming.catch(() => { loading.delete(name); });
    }
    return loading.get(name);
  };
  const loadAll = async (code, file) => {
    await Promise.all([...code.map((name) => load(name, "code")), load(file)]);
  };

  /* --- Sets of bits --- */
  const size = Math.ceil(told.count / 32);
  const has = (set, row) => (set[row >> 5] >>> (row & 31)) & 1;
  const add = (set, row) => { set[row >> 5] |= 1 << (row & 31); };
  const bits = (word) => {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    return (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  };
  const both = (left, right) => left.map((word, position) => word & right[position]);
  const countedIn = (left, right) => {
    let sum = 0;
    for (let position = 0; position < size; position += 1) sum += bits(left[position] & right[position]);
    return sum;
  };
  const counted = (set) => countedIn(set, set);
  const everything = new Uint32Array(size);
  for (let row = 0; row < told.count; row += 1) add(everything, row);

  /* A letter is a number: evidence/files/trial_scripts.py writes them */
  const placeOf = (code) => (code >= 0xa1 ? code - 0xa1 + 90 : code > 92 ? code - 36 : code - 35);
  const BESIDE = "!".charCodeAt(0);
  const facets = all("[data-facet]").map((box) => {
    const name = box.dataset.facet;
    const { ids, titles, words = titles, several = false, at } = told.facets[name];
    const sets = ids.map(() => new Uint32Array(size));
    const first = new Uint16Array(told.count);
    const others = new Map(); /* what a trial has beside its first value */
    let row = -1;
    for (let position = 0; position < at.length; position += 1) {
      let code = at.charCodeAt(position);
      const beside = code === BESIDE;
      if (beside) code = at.charCodeAt(position += 1);
      const place = placeOf(code);
      if (!beside) first[row += 1] = place;
      else if (others.has(row)) others.get(row).push(place);
      else others.set(row, [place]);
      add(sets[place], row);
    }
    return { name, box, range: "range" in box.dataset, ids, titles, words, several, sets, first, others, title: box.querySelector("legend").textContent, chosen: new Set(), counts: [] };
  });
  const facetOf = Object.fromEntries(facets.map((facet) => [facet.name, facet]));

  /* --- Order: by a facet, or by the ranks of orders.js, in which 0 is not known --- */
  const keysOf = (name) => {
    if (facetOf[name]) {
      const { ids, first } = facetOf[name];
      const missing = ids.indexOf("not-stated");
      return first.map((place) => (place === missing ? 0 : place + 1));
    }
    const [width, text] = globalThis.trialOrders[name];
    return Uint32Array.from({ length: told.count }, (_, row) => {
      let rank = 0;
      for (let at = 0; at < width; at += 1) rank = rank * 90 + placeOf(text.charCodeAt(row * width + at));
      return rank;
    });
  };
  const orders = new Map();
  const ordered = (sort) => {
    if (!orders.has(sort)) {
      const rows = Array.from({ length: told.count }, (_, row) => row);
      const name = sort.replace(/^-/, "");
      if (name) {
        const sign = sort.startsWith("-") ? -1 : 1;
        const keys = keysOf(name);
        rows.sort((left, right) => {
          const a = keys[left];
          const b = keys[right];
          return a && b ? sign * (a - b) : Boolean(b) - Boolean(a); /* the unknown last */
        });
      }
      orders.set(sort, rows);
    }
    return orders.get(sort);
  };

  /* --- What is chosen, and its address --- */
  const find = one("#find");
  const sorting = one("#sort");
  const known = new Set(Array.from(sorting.options, (option) => option.value));
  const notKnown = one(".not-known");
  let shown = PAGE;
  const tidy = (text) => encodeURIComponent(text).replace(/%20/g, "+").replace(/%2F/g, "/").replace(/%2C/g, ",");
  /* Places in runs; years that follow each other are one run, "2015-2020" */
  const runsOf = (facet) => {
    const places = Array.from(facet.chosen).sort((a, b) => a - b);
    if (!facet.range) return places.map((place) => [place]);
    const runs = [];
    for (const place of places.reverse()) {
      const run = runs.at(-1);
      if (run && run.at(-1) === place + 1 && facet.ids[run.at(-1)] !== "not-stated") run.push(place);
      else runs.push([place]);
    }
    return runs;
  };
  const written = (facet, run, joint) => (run.length > 1 ? `${facet.ids[run[0]]}${joint}${facet.ids[run.at(-1)]}` : facet.ids[run[0]]);
  const query = () => {
    const parts = [];
    if (find.value.trim()) parts.push(`q=${tidy(find.value.trim())}`);
    for (const facet of facets) {
      if (facet.chosen.size) parts.push(`${facet.name}=${runsOf(facet).map((run) => tidy(written(facet, run, "-"))).join(",")}`);
    }
    if (sorting.value) parts.push(`sort=${sorting.value}`);
    return parts.length ? `?${parts.join("&")}` : "";
  };
  const remember = () => {
    const address = location.pathname + query() + (location.hash.startsWith("#?") ? "" : location.hash);
    try {
      history.replaceState({ shown }, "", address);
    } catch { /* from a folder some browsers let only the anchor change */
      const anchor = query() ? `#${query()}` : "";
      if (location.hash !== anchor) location.replace(anchor || "#");
    }
  };
  const placesOf = (facet, id) => {
    const years = facet.range && /^([0-9]+)-([0-9]+)$/.exec(id);
    if (!years) return [facet.ids.indexOf(id)].filter((place) => place >= 0);
    return facet.ids.flatMap((year, place) => (isYear(year) && Number(year) >= Number(years[1]) && Number(year) <= Number(years[2]) ? [place] : []));
  };
  const recall = () => {
    const asked = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(1) : location.search);
    const foreign = [];
    find.value = asked.get("q") ?? "";
    sorting.value = "";
    const sort = asked.get("sort") ?? "";
    if (sort && (known.has(sort) || heads.some((head) => head.dataset.sort === sort.replace(/^-/, "")))) offer(sort);
    for (const facet of facets) {
      facet.chosen.clear();
      for (const id of asked.getAll(facet.name).flatMap((value) => value.split(",")).filter(Boolean)) {
        const places = placesOf(facet, id);
        if (!places.length) foreign.push(`${facet.title}: “${id}”`);
        for (const place of places) facet.chosen.add(place);
      }
    }
    notKnown.hidden = !foreign.length;
    notKnown.textContent = foreign.length ? `No trial here has what the address asks for: ${foreign.join(", ")}. This was left out.` : "";
    shown = Math.max(PAGE, Number(history.state?.shown) || 0);
  };

  /* --- The parts of the page --- */
  const ticks = (facet) => {
    const field = facet.box.querySelector("fieldset");
    const places = facet.ids.map((_, place) => place);
    const offered = facet.range ? places.filter((place) => !isYear(facet.ids[place])) : places;
    facet.lines = offered.map((place) => {
      const box = make("input", { type: "checkbox", name: facet.name, value: facet.ids[place], autocomplete: "off" });
      const count = make("span", { className: "facet-count" });
      const line = make("label", {}, box, make("span", {}, curled(facet.titles[place])), count);
      box.addEventListener("change", () => toggle(facet, place, box.checked));
      return { place, box, line, count };
    });
    field.append(...facet.lines.map(({ line }) => line));
  };
  const toggle = (facet, place, on = !facet.chosen.has(place)) => {
    if (on) facet.chosen.add(place);
    else facet.chosen.delete(place);
    changed();
  };
  const table = one(".trials table");
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  for (const head of heads) {
    const button = make("button", { type: "button" }, head.textContent);
    button.addEventListener("click", () => {
      const { sort } = head.dataset;
      const first = "down" in head.dataset ? `-${sort}` : sort;
      const other = first.startsWith("-") ? sort : `-${sort}`;
      offer(sorting.value === first ? other : first);
      changed();
    });
    head.replaceChildren(button);
  }
  const offer = (sort) => {
    if (!known.has(sort)) { /* the other way round, which the short list does not offer */
      const title = heads.find((head) => head.dataset.sort === sort.replace(/^-/, "")).textContent;
      sorting.append(make("option", { value: sort }, sort.startsWith("-") ? `${title}, backwards` : title));
      known.add(sort);
    }
    sorting.value = sort;
  };

  /* --- Rows: the page's own pattern, filled with what facets and the part of the rows say --- */
  const parts = globalThis.trialParts ??= [];
  const split = [];
  const partOf = (row) => Math.floor(row / told.part);
  const fieldsOf = (row) => {
    const part = partOf(row);
    split[part] ??= parts[part].map((field) => (typeof field === "string" ? field.split("\n") : field));
    return [split[part], row % told.part];
  };
  const pattern = one("template").content.querySelector("tr");
  const fill = (part, words) => {
    if (words) part.textContent = words;
    else part.remove();
  };
  const wordsOf = ({ first, others, words, several }, row) => {
    const said = words[first[row]];
    return several && others.has(row) ? [said, ...others.get(row).map((place) => words[place])].join(", ") : said;
  };
  const drawn = (row) => {
    const line = pattern.cloneNode(true);
    const [head, ...cells] = line.children;
    const [link, registered] = head.children;
    const [[ids, registryIds, names, people, dates, other], at] = fieldsOf(row);
    link.setAttribute("href", link.getAttribute("href").replace("index", ids[at]));
    link.textContent = curled(names[at]);
    fill(registered, registryIds[at] === "=" ? ids[at].toUpperCase() : registryIds[at]);
    cells.forEach((cell, position) => {
      const facet = facetOf[told.columns[position]];
      const words = curled(other[`${at} ${position}`] ?? (facet ? wordsOf(facet, row) : people[at]));
      const note = cell.lastElementChild;
      if (note && dates[at]) {
        cell.prepend(words);
        note.textContent = dates[at];
      } else cell.textContent = words;
    });
    return line;
  };

  /* --- From a change to the page --- */
  let selection = Array.from({ length: told.count }, (_, row) => row);
  let onPage = selection.slice(0, body.rows.length);
  const masksOf = () => facets.map(({ chosen, sets }) => {
    if (!chosen.size) return null;
    const mask = new Uint32Array(size);
    for (const place of chosen) sets[place].forEach((word, position) => { mask[position] |= word; });
    return mask;
  });
  const fitting = (masks, text, apart = -1) => masks.filter((mask, position) => mask && position !== apart).reduce(both, text);
  const matching = () => (find.value.trim() ? evidenceFinder.matching(find.value.trim()) : everything);
  const select = () => {
    const text = matching();
    const masks = masksOf();
    const whole = fitting(masks, text);
    facets.forEach((facet, own) => {
      const others = masks[own] ? fitting(masks, text, own) : whole;
      facet.counts = facet.sets.map((set) => countedIn(set, others));
    });
    selection = ordered(sorting.value).filter((row) => has(whole, row));
  };

  const count = one(".count");
  const chosenList = one(".chosen");
  const more = one(".more button");
  const toResults = one(".to-results button");
  const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const filled = (words, fields) => words.replace(/\{(\w+)\}/g, (_, name) => grouped(fields[name]));
  const tell = () => {
    const fields = { shown: selection.length, all: told.count };
    const kind = selection.length === told.count ? "all" : selection.length ? "some" : "none";
    put(count, filled(count.dataset[kind], fields));
    put(toResults, selection.length === 1 ? "Show the trial" : `Show ${ofTrials(selection.length)}`);
  };
  const failed = () => put(count, count.dataset.failed);
  const showFacets = () => {
    let number = 0;
    for (const facet of facets) {
      const { lines, counts, chosen, box } = facet;
      number += runsOf(facet).length;
      put(box.querySelector(".facet-chosen"), chosen.size ? ` (${runsOf(facet).length})` : "");
      for (const { place, box: tick, line, count: words } of lines) {
        tick.checked = chosen.has(place);
        put(words, grouped(counts[place]));
        line.classList.toggle("none", !counts[place]);
      }
      facet.show?.();
    }
    put(one(".filter-chosen"), number ? ` (${number})` : "");
  };
  const named = (facet, run) => {
    const title = run.length > 1 ? `${facet.titles[run[0]]} to ${facet.titles[run.at(-1)]}` : facet.titles[run[0]];
    return curled(title.includes(facet.title) ? title : `${facet.title}: ${title}`);
  };
  /* Everything that is chosen: its words, and what takes it away */
  const choices = () => [
    ...(find.value.trim() ? [[`“${find.value.trim()}”`, () => { find.value = ""; }]] : []),
    ...facets.flatMap((facet) => runsOf(facet).map((run) =>
      [named(facet, run), () => { for (const place of run) facet.chosen.delete(place); }])),
  ];
  const removal = ([label, remove]) => {
    const button = make("button", { type: "button" }, label);
    button.setAttribute("aria-label", `Remove ${label}`);
    button.addEventListener("click", () => {
      const place = Array.from(chosenList.children).indexOf(button.parentNode);
      remove();
      changed(true);
      const left = chosenList.querySelectorAll("button");
      (left[Math.min(place, left.length - 1)] ?? find).focus();
    });
    return make("li", {}, button);
  };
  const clearAll = () => {
    find.value = "";
    for (const facet of facets) facet.chosen.clear();
  };
  const showChosen = () => {
    const list = choices().map(removal);
    if (list.length) {
      const clear = make("button", { type: "button", className: "clear" }, "Clear all");
      clear.addEventListener("click", () => {
        clearAll();
        changed(true);
        find.focus();
      });
      list.push(make("li", {}, clear));
    }
    chosenList.hidden = !list.length;
    chosenList.replaceChildren(...list);
  };

  /* --- An empty selection says what is there instead --- */
  const instead = one(".instead");
  const showInstead = () => {
    instead.hidden = selection.length > 0 || !told.count;
    if (instead.hidden) return;
    const masks = masksOf();
    const text = matching();
    const offers = [];
    const { status } = facetOf;
    for (const place of status?.chosen ?? []) { /* recruiting once, and not confirmed since */
      const last = status.ids.indexOf(`last-${status.ids[place]}`);
      if (last >= 0 && status.counts[last]) offers.push([status.counts[last], `${curled(status.titles[last])}`, () => { status.chosen.delete(place); status.chosen.add(last); }]);
    }
    facets.forEach((facet, own) => {
      const left = masks[own] ? counted(fitting(masks, text, own)) : 0;
      if (left) offers.push([left, `without ${runsOf(facet).map((run) => `“${named(facet, run)}”`).join(", ")}`, () => facet.chosen.clear()]);
    });
    const without = find.value.trim() ? counted(fitting(masks, everything)) : 0;
    if (without) offers.push([without, `without “${find.value.trim()}”`, () => { find.value = ""; }]);
    if (!offers.length) offers.push([told.count, "without any filter", clearAll]);
    instead.querySelector("ul").replaceChildren(...offers.map(([number, words, apply]) => {
      const button = make("button", { type: "button" }, `${ofTrials(number)}${words.startsWith("without") ? " " : ": "}${words}`);
      button.addEventListener("click", () => {
        apply();
        changed(true);
        count.focus();
      });
      return make("li", {}, button);
    }));
  };
  const showOrder = () => {
    const name = sorting.value.replace(/^-/, "");
    for (const each of heads) {
      if (each.dataset.sort === name) each.setAttribute("aria-sort", sorting.value.startsWith("-") ? "descending" : "ascending");
      else each.removeAttribute("aria-sort");
    }
  };
  /* Draws what is in hand from the first row on, and the others when their part is there; rows that
     stand already stay as they are. What fills a screen is asked for and painted before the rest, unless
     all is wanted at once */
  const SCREEN = 12;
  let stands = () => {};
  let frame = 0;
  let rest = 0;
  const awaited = new Set();
  const showRows = (until = shown, atOnce = false) => {
    cancelAnimationFrame(frame);
    clearTimeout(rest);
    const wanted = selection.slice(0, until);
    let same = 0;
    while (same < wanted.length && wanted[same] === onPage[same]) same += 1;
    const missing = (rows) => [...new Set(rows.map(partOf).filter((part) => !parts[part]))];
    const away = missing(wanted.slice(same));
    const end = wanted.findIndex((row, place) => place >= same && away.includes(partOf(row)));
    const inHand = end < 0 ? wanted : wanted.slice(0, end);
    const ready = atOnce ? inHand : inHand.slice(0, same + SCREEN);
    if (ready.length < inHand.length) frame = requestAnimationFrame(() => { rest = setTimeout(showRows, 0, until, true); });
    const enough = ready.length >= Math.min(wanted.length, SCREEN);
    explorer.classList.toggle("busy", !enough);
    table.setAttribute("aria-busy", ready.length < wanted.length);
    if (ready.length || enough) {
      if (same) while (body.rows.length > same) body.lastElementChild.remove();
      else body.replaceChildren();
      body.append(...ready.slice(same).map(drawn));
      onPage = ready;
      const left = Math.min(PAGE, selection.length - until);
      more.parentNode.hidden = left <= 0 || inHand.length < wanted.length;
      put(more, filled(more.dataset.some, { next: left }));
    }
    if (enough) stands();
    for (const part of enough ? away : missing(wanted.slice(same, SCREEN))) {
      if (awaited.has(part)) continue;
      awaited.add(part);
      load(`rows-${part}.js`).then(() => showRows(), failed).finally(() => awaited.delete(part));
    }
  };
  /* What has to be loaded before the selection is known */
  const later = () => {
    const wanted = [];
    const name = sorting.value.replace(/^-/, "");
    if (name && !facetOf[name] && !globalThis.trialOrders) wanted.push(load("orders.js"));
    if (find.value.trim() && !globalThis.evidenceFinder) wanted.push(loadFinder());
    return wanted.length ? Promise.all(wanted) : null;
  };
  const loadFinder = async () => {
    await loadAll(["folding.js"], "words.js");
    await load("trials-find.js", "code");
  };
  let waits = false;
  const listeners = [];
  const show = () => {
    const wanted = later();
    if (wanted) {
      explorer.classList.add("busy");
      if (!waits) wanted.then(() => { waits = false; show(); }, () => { waits = false; failed(); });
      waits = true;
      return;
    }
    select();
    tell();
    showFacets();
    showChosen();
    showInstead();
    showOrder();
    showRows();
    for (const listener of listeners) listener();
  };

  let asked = 0;
  let due = 0;
  const changed = (atOnce = false) => {
    shown = PAGE;
    notKnown.hidden = true;
    cancelAnimationFrame(asked);
    if (atOnce) show();
    else asked = requestAnimationFrame(show);
    clearTimeout(due);
    due = setTimeout(remember, 250); /* some browsers count how often an address changes */
  };

  find.addEventListener("focus", () => { loadFinder().catch(() => {}); }, { once: true });
  find.addEventListener("input", () => changed());
  find.addEventListener("change", remember);
  sorting.addEventListener("change", () => changed());
  one("form").addEventListener("submit", (event) => event.preventDefault());
  explorer.addEventListener("click", (event) => { if (event.target.closest("a")) remember(); }, true);
  more.addEventListener("click", () => {
    const first = shown;
    shown += PAGE;
    stands = () => {
      if (body.rows.length <= first) return;
      stands = () => {};
      body.rows[first].querySelector("a").focus();
    };
    showRows();
    remember();
  });
  addEventListener("popstate", () => { recall(); show(); });
  addEventListener("beforeprint", () => showRows(selection.length, true)); /* on paper all that fits */
  addEventListener("afterprint", () => showRows());

  /* --- To take away --- */
  const copied = () => { count.textContent = count.dataset.copied; setTimeout(tell, 3000); };
  const byHand = () => {
    one(".by-hand").hidden = false;
    one("#by-hand").value = location.href;
    one("#by-hand").select();
  };
  for (const button of all("[data-take]")) {
    const kind = button.dataset.take;
    button.addEventListener("click", async () => {
      if (kind !== "address") {
        loadAll([], "values.js").then(() => load("trials-take.js", "code")).then(() => evidenceTake.take(kind, selection), failed);
        return;
      }
      remember();
      if (!navigator.clipboard) byHand();
      else navigator.clipboard.writeText(location.href).then(copied, byHand);
    });
  }

  /* --- The map, when it is opened --- */
  const map = one(".map-box");
  const { country } = facetOf;
  map?.addEventListener("toggle", () => {
    if (!map.open || map.dataset.drawn) return;
    map.dataset.drawn = "yes";
    loadAll(["trials-map.js"], "map.js").then(() => {
      listeners.push(evidenceMap(map.querySelector(".map"), country, (place) => toggle(country, place), { grouped, ofTrials }));
    }, () => { delete map.dataset.drawn; map.open = false; failed(); });
  });

  /* --- Filters: a column on wide screens, a list to open on narrow ones --- */
  const box = one(".filter-box");
  const wide = matchMedia("(min-width: 62em)");
  const fold = () => {
    box.open = wide.matches;
    box.firstElementChild.tabIndex = wide.matches ? -1 : 0;
    for (const facet of facets) {
      facet.box.open = facet.chosen.size > 0 || (wide.matches && "open" in facet.box.dataset);
    }
  };
  toResults.addEventListener("click", () => {
    if (!wide.matches) box.open = false;
    count.focus();
    count.scrollIntoView({ block: "start" });
  });
  wide.addEventListener("change", fold);

  /* Rows and orders that were not needed come afterwards, so that a choice waits for nothing; not where
     a reader asked for little to be loaded */
  const finish = async () => {
    const ranges = facets.filter(({ range }) => range);
    load("trials-years.js", "code").then(() => {
      for (const facet of ranges) {
        evidenceYears(facet, changed, { make, grouped, isYear });
        facet.show();
      }
    }, () => {});
    if (navigator.connection?.saveData) return;
    const left = Array.from({ length: Math.ceil(told.count / told.part) }, (_, part) => part).filter((part) => !parts[part]);
    const inTurn = async () => { while (left.length) await load(`rows-${left.shift()}.js`); };
    try {
      await Promise.all([inTurn(), inTurn(), inTurn()]);
      await load("orders.js");
      explorer.dataset.complete = "yes";
    } catch { /* each is asked for again when it is needed */ }
  };
  globalThis.evidenceTrials = { count: told.count, size, add, both, everything, placeOf };
  for (const facet of facets) ticks(facet);
  recall();
  stands = () => {
    stands = () => {};
    document.documentElement.classList.remove("asked");
    explorer.classList.add("live");
    for (const part of all(".waiting")) part.classList.remove("waiting");
    (globalThis.requestIdleCallback ?? setTimeout)(finish);
  };
  fold();
  show();
})();
