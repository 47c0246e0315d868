/* Filters of long lists: a form names the element that holds its items. Without a script all are shown. */
"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const plain = (text) => text.toLowerCase().replaceAll("’", "'"); /* as people type */

  for (const form of all("form.filter")) {
    const holder = document.getElementById(form.dataset.filters);
    if (!holder) continue;
    const items = all("[data-item]", holder);
    const count = form.querySelector(".filter-count");
    const update = () => {
      const chosen = {};
      for (const box of all("input:checked", form)) (chosen[box.name] ??= []).push(box.value);
      const words = plain(form.elements.text?.value ?? "").split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        const fits = Object.entries(chosen).every(([name, values]) => {
          const own = (item.dataset[name] ?? "").split(" ");
          return values.some((value) => own.includes(value));
        });
        const text = words.length ? plain(item.textContent) : "";
        item.hidden = !(fits && words.every((word) => text.includes(word)));
        if (!item.hidden) shown += 1;
      }
      for (const group of all("[data-group]", holder)) {
        group.hidden = !group.querySelector("[data-item]:not([hidden])");
        if (group.matches("details")) group.open = shown < items.length || group.contains(document.querySelector(":target"));
      }
      const message = shown === items.length ? "all" : shown ? "some" : "none";
      count.textContent = count.dataset[message].replace("{shown}", shown).replace("{all}", items.length);
    };
    form.hidden = false;
    form.addEventListener("input", update);
    form.addEventListener("reset", () => setTimeout(update));
    form.addEventListener("submit", (event) => event.preventDefault());
    update();
  }
})();
