/* The trial explorer: narrows, sorts and hands out the table that the page already shows.
   list.js gives the columns. Each value of a facet is a set of bits, one for each trial, so a
   selection is a few ANDs, and its counts are counted bits; no more than 50 rows are drawn. */
"use strict";
(() => {
  const explorer = document.getElementById("explorer");
  const start = () => begin(globalThis.trialList);
  /* A page opened from a folder may not fetch, but it may load a script. Without it the table of
     the page stays as it is. */
  if (explorer) document.head.append(Object.assign(document.createElement("script"), { src: explorer.dataset.list, onload: start }));

  const begin = (list) => {
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

    /* --- Columns and sets of bits --- */
    const reader = (column) => (Array.isArray(column) ? (row) => column[row] : (row) => column.words[column.at[row]]);
    const columns = Object.fromEntries(Object.entries(list.columns).map(([name, column]) => [name, reader(column)]));
    const shownIn = list.shown.map(({ words, notes }) =>
      ({ words: typeof words === "string" ? columns[words] : reader(words), note: notes && reader(notes) }));
    const size = Math.ceil(list.count / 32);
    const has = (set, row) => (set[row >> 5] >>> (row & 31)) & 1;
    const add = (set, row) => { set[row >> 5] |= 1 << (row & 31); };
    const bits = (word) => {
      word -= (word >>> 1) & 0x55555555;
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
      return (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
    };
    const both = (left, right) => left.map((word, position) => word & right[position]);
    const counted = (set) => set.reduce((sum, word) => sum + bits(word), 0);
    const countedIn = (left, right) => {
      let sum = 0;
      for (let position = 0; position < size; position += 1) sum += bits(left[position] & right[position]);
      return sum;
    };
    const everything = new Uint32Array(size);
    for (let row = 0; row < list.count; row += 1) add(everything, row);

    const facets = all("[data-facet]").map((box) => {
      const name = box.dataset.facet;
      const { ids, titles, at } = list.facets[name];
      const sets = ids.map(() => new Uint32Array(size));
      at.forEach((places, row) => { for (const place of [places].flat()) add(sets[place], row); });
      return { name, box, ids, titles, at, sets, title: box.querySelector("legend").textContent, chosen: new Set() };
    });
    const facetOf = Object.fromEntries(facets.map((facet) => [facet.name, facet]));

    /* --- Words --- */
    const folded = (text) => evidenceFolding.fold(text).replaceAll("-", " ");
    const printed = reader(list.more);
    let texts = null;
    const prepared = () => {
      texts ??= Array.from({ length: list.count }, (_, row) =>
        folded(`${list.searched.map((name) => columns[name](row)).join(" ")} ${printed(row)}`));
      return texts;
    };
    let lastText = "";
    let lastSet = everything;
    const matching = (text) => {
      const words = evidenceFolding.numbersOf(evidenceFolding.fold(text)).replaceAll("-", " ").split(/\s+/).filter(Boolean);
      if (!words.length) return everything;
      if (text === lastText) return lastSet;
      const within = lastText && text.startsWith(lastText) ? lastSet : everything;
      const found = new Uint32Array(size);
      const rows = prepared();
      for (let row = 0; row < rows.length; row += 1) {
        if (has(within, row) && words.every((word) => rows[row].includes(word))) add(found, row);
      }
      lastText = text;
      lastSet = found;
      return found;
    };

    /* --- Order --- */
    const keyOf = (name) => {
      if (facetOf[name]) {
        const { ids, at } = facetOf[name];
        const missing = ids.indexOf("not-stated");
        return (row) => (at[row] === missing ? null : at[row]);
      }
      const column = columns[list.sortedBy[name] ?? name];
      return (row) => (column(row) === "" ? null : column(row));
    };
    const collator = new Intl.Collator("en", { numeric: true });
    const orders = new Map();
    const ordered = (sort) => {
      if (!orders.has(sort)) {
        const rows = Array.from({ length: list.count }, (_, row) => row);
        const name = sort.replace(/^-/, "");
        if (name) {
          const sign = sort.startsWith("-") ? -1 : 1;
          const keys = rows.map(keyOf(name));
          rows.sort((left, right) => {
            const a = keys[left];
            const b = keys[right];
            if (a === null || b === null) return (a === null) - (b === null); /* the unknown last */
            return sign * (typeof a === "number" ? a - b : collator.compare(a, b));
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
    let shown = PAGE;
    const tidy = (text) => encodeURIComponent(text).replace(/%20/g, "+").replace(/%2F/g, "/").replace(/%2C/g, ",");
    const query = () => {
      const written = [];
      if (find.value.trim()) written.push(`q=${tidy(find.value.trim())}`);
      for (const { name, ids, chosen } of facets) {
        if (chosen.size) written.push(`${name}=${Array.from(chosen).sort((a, b) => a - b).map((place) => tidy(ids[place])).join(",")}`);
      }
      if (sorting.value) written.push(`sort=${sorting.value}`);
      return written.length ? `?${written.join("&")}` : "";
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
    const recall = () => {
      const written = location.hash.startsWith("#?") ? location.hash.slice(1) : location.search;
      const asked = new URLSearchParams(written);
      find.value = asked.get("q") ?? "";
      sorting.value = known.has(asked.get("sort")) ? asked.get("sort") : "";
      for (const facet of facets) {
        const wanted = asked.getAll(facet.name).flatMap((value) => value.split(","));
        facet.chosen = new Set(wanted.map((id) => facet.ids.indexOf(id)).filter((place) => place >= 0));
      }
      shown = Math.max(PAGE, Number(history.state?.shown) || 0);
    };

    /* --- The parts of the page --- */
    for (const facet of facets) {
      const field = facet.box.querySelector("fieldset");
      facet.lines = facet.ids.map((id, place) => {
        const box = make("input", { type: "checkbox", name: facet.name, value: id });
        const count = make("span", { className: "facet-count" });
        const line = make("label", {}, box, make("span", {}, curled(facet.titles[place])), count);
        box.addEventListener("change", () => {
          if (box.checked) facet.chosen.add(place);
          else facet.chosen.delete(place);
          changed();
        });
        field.append(line);
        return { box, line, count };
      });
    }
    const table = one(".trials table");
    const body = table.tBodies[0];
    const heads = Array.from(table.tHead.rows[0].cells);
    for (const head of heads) {
      const button = make("button", { type: "button" }, head.textContent);
      button.addEventListener("click", () => {
        const { sort } = head.dataset;
        const first = "down" in head.dataset ? `-${sort}` : sort;
        const other = first.startsWith("-") ? sort : `-${sort}`;
        choose(sorting.value === first ? other : first);
      });
      head.replaceChildren(button);
    }
    const choose = (sort) => {
      if (!known.has(sort)) { /* the other way round, which the short list does not offer */
        const title = heads.find((head) => head.dataset.sort === sort.slice(sort.startsWith("-") ? 1 : 0)).textContent;
        sorting.append(make("option", { value: sort }, sort.startsWith("-") ? `${title}, backwards` : title));
        known.add(sort);
      }
      sorting.value = sort;
      changed();
    };

    /* The row is the page's own; what it says comes from list.js in the page's own words */
    const pattern = one("template").content.querySelector("tr");
    const fill = (part, words) => {
      if (words) part.textContent = words;
      else part.remove();
    };
    const drawn = (row) => {
      const line = pattern.cloneNode(true);
      const [head, ...cells] = line.children;
      const [link, id] = head.children;
      link.setAttribute("href", link.getAttribute("href").replace("index", columns.id(row)));
      link.textContent = curled(columns.name(row));
      fill(id, columns["registry-id"](row));
      cells.forEach((cell, position) => {
        const { words, note } = shownIn[position];
        const text = curled(words(row));
        const noted = note && note(row);
        if (noted) {
          cell.prepend(text);
          cell.lastElementChild.textContent = noted;
        } else cell.textContent = text;
      });
      return line;
    };

    /* --- From a change to the page --- */
    let selection = [];
    const select = () => {
      const text = matching(find.value.trim());
      const masks = facets.map(({ chosen, sets }) => {
        if (!chosen.size) return null;
        const mask = new Uint32Array(size);
        for (const place of chosen) sets[place].forEach((word, position) => { mask[position] |= word; });
        return mask;
      });
      facets.forEach((facet, own) => {
        const others = masks.filter((mask, position) => mask && position !== own).reduce(both, text);
        facet.counts = facet.sets.map((set) => countedIn(set, others));
      });
      const found = masks.filter(Boolean).reduce(both, text);
      selection = ordered(sorting.value).filter((row) => has(found, row));
    };

    const count = one(".count");
    const chosenList = one(".chosen");
    const more = one(".more button");
    const toResults = one(".to-results button");
    const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
    const filled = (words, fields) => words.replace(/\{(\w+)\}/g, (_, name) => grouped(fields[name]));
    const tell = () => {
      const fields = { shown: selection.length, all: list.count };
      const kind = selection.length === list.count ? "all" : selection.length ? "some" : "none";
      put(count, filled(count.dataset[kind], fields));
      put(toResults, selection.length === 1 ? "Show the trial" : `Show ${grouped(selection.length)} trials`);
    };
    const showFacets = () => {
      let number = 0;
      for (const { lines, counts, chosen, box } of facets) {
        number += chosen.size;
        put(box.querySelector(".facet-chosen"), chosen.size ? ` (${chosen.size})` : "");
        lines.forEach(({ box: tick, line, count: place }, position) => {
          tick.checked = chosen.has(position);
          put(place, grouped(counts[position]));
          line.classList.toggle("none", !counts[position]);
        });
      }
      put(one(".filter-chosen"), number ? ` (${number})` : "");
    };
    const named = ({ title, titles }, place) => (titles[place].includes(title) ? titles[place] : `${title}: ${titles[place]}`);
    const removal = (label, remove) => {
      const button = make("button", { type: "button" }, curled(label));
      button.setAttribute("aria-label", `Remove ${curled(label)}`);
      button.addEventListener("click", () => {
        const place = Array.from(chosenList.children).indexOf(button.parentNode);
        remove();
        changed(true);
        const left = chosenList.querySelectorAll("button");
        (left[Math.min(place, left.length - 1)] ?? find).focus();
      });
      return make("li", {}, button);
    };
    const showChosen = () => {
      const parts = facets.flatMap((facet) => Array.from(facet.chosen).sort((a, b) => a - b).map((place) =>
        removal(named(facet, place), () => facet.chosen.delete(place))));
      if (find.value.trim()) parts.unshift(removal(`“${find.value.trim()}”`, () => { find.value = ""; }));
      if (parts.length) {
        const clear = make("button", { type: "button", className: "clear" }, "Clear all");
        clear.addEventListener("click", () => {
          find.value = "";
          for (const facet of facets) facet.chosen.clear();
          changed(true);
          find.focus();
        });
        parts.push(make("li", {}, clear));
      }
      chosenList.hidden = !parts.length;
      chosenList.replaceChildren(...parts);
    };
    const showOrder = () => {
      const name = sorting.value.replace(/^-/, "");
      for (const each of heads) {
        if (each.dataset.sort === name) each.setAttribute("aria-sort", sorting.value.startsWith("-") ? "descending" : "ascending");
        else each.removeAttribute("aria-sort");
      }
    };
    const showRows = (until) => {
      body.replaceChildren(...selection.slice(0, until).map(drawn));
      const left = Math.min(PAGE, selection.length - until);
      more.parentNode.hidden = left <= 0;
      put(more, filled(more.dataset.some, { next: left }));
    };
    const show = () => {
      select();
      tell();
      showFacets();
      showChosen();
      showOrder();
      showRows(shown);
    };

    let asked = 0;
    let due = 0;
    const changed = (atOnce = false) => {
      shown = PAGE;
      cancelAnimationFrame(asked);
      if (atOnce) show();
      else asked = requestAnimationFrame(show);
      clearTimeout(due);
      due = setTimeout(remember, 250); /* some browsers count how often an address changes */
    };

    find.addEventListener("input", () => changed());
    find.addEventListener("change", remember);
    sorting.addEventListener("change", () => changed());
    one("form").addEventListener("submit", (event) => event.preventDefault());
    explorer.addEventListener("click", (event) => { if (event.target.closest("a")) remember(); }, true);
    more.addEventListener("click", () => {
      const first = shown;
      shown += PAGE;
      body.append(...selection.slice(first, shown).map(drawn));
      const left = Math.min(PAGE, selection.length - shown);
      more.parentNode.hidden = left <= 0;
      put(more, filled(more.dataset.some, { next: left }));
      body.rows[first].querySelector("a").focus();
      remember();
    });
    addEventListener("popstate", () => { recall(); show(); });
    addEventListener("beforeprint", () => showRows(selection.length)); /* on paper all that fits */
    addEventListener("afterprint", () => showRows(shown));

    /* --- To take away --- */
    const names = Object.keys(list.columns);
    const quoted = (value) => (/[",\n\r]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
    const taken = {
      csv: () => [names, ...selection.map((row) => names.map((name) => columns[name](row)))].map((line) => `${line.map(quoted).join(",")}\n`).join(""),
      json: () => `[\n${selection.map((row) => JSON.stringify(Object.fromEntries(names.map((name) => [name, columns[name](row)]).filter(([, value]) => value !== "")))).join(",\n")}\n]\n`,
    };
    const kinds = { csv: "text/csv;charset=utf-8", json: "application/json" };
    const copied = () => { count.textContent = count.dataset.copied; setTimeout(tell, 3000); };
    const byHand = () => {
      one(".by-hand").hidden = false;
      one("#by-hand").value = location.href;
      one("#by-hand").select();
    };
    for (const button of all("[data-take]")) {
      const kind = button.dataset.take;
      button.addEventListener("click", () => {
        if (kind === "address") {
          remember();
          if (!navigator.clipboard) byHand();
          else navigator.clipboard.writeText(location.href).then(copied, byHand);
          return;
        }
        const address = URL.createObjectURL(new Blob([taken[kind]()], { type: kinds[kind] }));
        make("a", { href: address, download: `trials-selection.${kind}` }).click();
        setTimeout(() => URL.revokeObjectURL(address), 10000);
      });
    }

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

    recall();
    show();
    fold();
    explorer.classList.add("live");
    for (const part of all(".waiting")) part.classList.remove("waiting");
    (globalThis.requestIdleCallback ?? setTimeout)(prepared);
  };
})();
