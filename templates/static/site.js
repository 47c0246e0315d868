/* Everything here only adds comfort: each page is complete without it. */
"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  /* Overdue on the reader’s own day? Say so. */
  const now = new Date();
  const today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  for (const banner of all(".overdue[data-due]")) {
    if (today > banner.dataset.due) banner.hidden = false;
  }

  /* Only the browser knows the address of a site that was told none. */
  if (location.protocol !== "file:") {
    for (const one of all("[data-here]")) one.textContent = location.href.split("#")[0] + one.dataset.here;
  }

  /* Notes and words open beside the line; without `popover` the link leads to them. */
  const panel = document.createElement("div");
  if ("popover" in panel) {
    let opener = null;
    let openAtPress = null;
    Object.assign(panel, { className: "opened", popover: "auto", tabIndex: -1, role: "dialog" });
    document.body.append(panel);

    const place = (link) => {
      panel.classList.remove("placed");
      panel.style.left = panel.style.top = "";
      const line = link.getClientRects()[0];
      if (!matchMedia("(min-width: 62em)").matches) { /* keep the line in sight */
        scrollBy(0, Math.max(0, line.bottom + 16 - innerHeight + panel.offsetHeight));
        return;
      }
      panel.classList.add("placed");
      const column = document.querySelector(".sheet:not(.sheet-broad) > .text");
      const beside = column && !link.closest(".broad") ? column.getBoundingClientRect().right + 24 : null;
      const covers = beside === null || line.right > beside - 8;
      const lowest = innerHeight - panel.offsetHeight - 12;
      const above = line.top - panel.offsetHeight - 8;
      const below = line.bottom + 8;
      let top = Math.max(12, Math.min(line.top - 14, lowest));
      if (covers) top = below > lowest && above > 0 ? above : below;
      panel.style.left = `${Math.max(12, Math.min(beside ?? line.left, document.documentElement.clientWidth - panel.offsetWidth - 12)) + scrollX}px`;
      panel.style.top = `${top + scrollY}px`;
    };

    const open = (link, note) => {
      const copy = document.createElement(note.matches("li") ? "div" : "dl");
      copy.className = note.className;
      copy.append(...note.cloneNode(true).childNodes);
      for (const part of all("[id]", copy)) part.removeAttribute("id");
      for (const part of all(".note-back", copy)) part.remove();
      offer(link, note, copy);
      const close = Object.assign(document.createElement("button"), { type: "button", className: "close", textContent: "Close" });
      close.addEventListener("click", () => panel.hidePopover());
      panel.replaceChildren(close, copy);
      panel.setAttribute("aria-label", `About ${link.textContent}`);
      panel.showPopover();
      opener = link;
      link.setAttribute("aria-expanded", "true");
      place(link);
      panel.scrollTop = 0;
      panel.focus({ preventScroll: true });
    };

    /* A number can be cited, and be wrong. */
    const offer = (link, note, copy) => {
      const row = copy.querySelector(".note-what a");
      const wrong = document.querySelector(".wrong");
      if (!row || !wrong) return;
      const said = { number: link.textContent, finding: note.id.slice(5).replace("--", "/") };
      const filled = wrong.dataset.report?.replace(/\((number|finding)\)/g, (_, part) => encodeURIComponent(said[part]));
      const offers = document.createElement("p");
      offers.className = "note-back";
      const add = (textContent, href) => offers.append(Object.assign(document.createElement("a"), { textContent, href }), " ");
      add("Cite this number", row.href.replace("#", "#cite-"));
      add("This number is wrong?", filled ?? wrong.href);
      offers.addEventListener("click", () => panel.hidePopover());
      copy.append(offers);
    };

    /* A citation opens the entry of its source in the list of this page. */
    const opens = (link) => link.hash
      ? document.getElementById(link.hash.slice(1))
      : all(".cited").find((one) => one.firstChild.href === link.href);

    panel.addEventListener("beforetoggle", (event) => {
      if (event.newState !== "closed" || !opener) return;
      opener.removeAttribute("aria-expanded");
      if (panel.contains(document.activeElement)) opener.focus({ preventScroll: true });
      opener = null;
    });
    document.addEventListener("pointerdown", () => { openAtPress = opener; }, true);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.bound, a.term, .citation a");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const note = opens(link);
      if (!note || note.contains(link)) return;
      event.preventDefault();
      const again = openAtPress === link && event.detail > 0;
      openAtPress = null;
      if (panel.matches(":popover-open")) panel.hidePopover();
      if (!again) open(link, note);
    });
    addEventListener("resize", () => { if (opener) place(opener); });
  }

  /* The key / leads to the search, unless one is typing; the search page can switch it off. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    try { if (localStorage.getItem("search-key") === "off") return; } catch { return; }
    const found = all("#search-text, #find-field, .find-link").find((one) => one.checkVisibility());
    if (!found) return;
    event.preventDefault();
    found.focus();
  });

  /* Paper has nothing to open, in browsers too that print only what stands open. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all(".text details:not([open], .figure-more)");
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

  /* An address that leads to the heading of what is folded opens it too. */
  const reveal = () => {
    const fold = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details");
    if (fold && !fold.open) fold.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();

  /* Light or dark, beside the setting of the device. */
  const place = document.querySelector(".colours");
  if (place) {
    let kept = "";
    try { kept = localStorage.getItem("colours") ?? ""; } catch { /* nothing is kept */ }
    const label = Object.assign(document.createElement("label"), { textContent: "Colours " });
    const select = document.createElement("select");
    for (const [value, name] of [["", "as the device"], ["light", "light"], ["dark", "dark"]]) select.add(new Option(name, value, false, value === kept));
    select.addEventListener("change", () => {
      window.evidenceColours(select.value);
      try { localStorage.setItem("colours", select.value); } catch { /* it holds on this page */ }
    });
    label.append(select);
    place.append(label);
    place.removeAttribute("aria-hidden");
  }

  /* The contents list marks the part being read. */
  const links = all('.contents a[href^="#"]');
  const mark = () => {
    const reached = links.filter((link) => document.getElementById(link.hash.slice(1))?.getBoundingClientRect().top < innerHeight / 3).pop();
    for (const link of links) {
      if (link === reached) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  if (links.length) addEventListener("scroll", mark, { passive: true });

  /* A table that fits needs no stop for the keyboard, and no edge. */
  const boxes = all(".table[tabindex]");
  const fit = () => {
    for (const box of boxes) {
      if (box.clientWidth && box.scrollWidth <= box.clientWidth) box.removeAttribute("tabindex");
      else box.tabIndex = 0;
    }
  };
  fit();
  addEventListener("resize", fit);
  document.addEventListener("toggle", fit, true);

  /* Wide screens show these lists open: say so, and let the keyboard pass their headings. */
  const wide = matchMedia("(min-width: 76em)");
  const lists = all(CSS.supports("selector(::details-content)") ? ".contents details" : ".contents details, .menu");
  const unfold = () => {
    for (const list of lists) {
      list.open = wide.matches;
      list.firstElementChild.tabIndex = wide.matches ? -1 : 0;
    }
  };
  unfold();
  wide.addEventListener("change", unfold);

  /* So do entries of a ledger, where said and shown stand side by side. */
  const entries = all(".claim > details");
  const aside = () => {
    for (const entry of entries) {
      const open = getComputedStyle(entry.firstElementChild).pointerEvents === "none";
      entry.firstElementChild.tabIndex = open ? -1 : 0;
      if (open) entry.open = true;
    }
  };
  aside();
  addEventListener("resize", aside);
})();
