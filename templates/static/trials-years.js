/* A facet whose values are years: bars to point at, and two lists, from and to, which say the same. */
"use strict";
globalThis.evidenceYears = (facet, changed, { make, grouped, isYear }) => {
  const field = facet.box.querySelector("fieldset");
  const years = facet.ids.filter(isYear).map(Number).sort((a, b) => a - b);
  const placeOf = (year) => facet.ids.indexOf(String(year));
  const everyYear = years.length ? Array.from({ length: years.at(-1) - years[0] + 1 }, (_, at) => years[0] + at) : [];
  const chosenYears = () => Array.from(facet.chosen, (place) => facet.ids[place]).filter(isYear).map(Number);
  const choose = (from, to) => {
    for (const year of years) {
      const inside = from !== null && year >= from && year <= to;
      if (inside) facet.chosen.add(placeOf(year));
      else facet.chosen.delete(placeOf(year));
    }
    changed();
  };

  /* Bars: one is pointed at, or drawn over from one to another */
  const bars = everyYear.map((year) => make("span", { className: "bar", title: "" }, make("i", {})));
  const chart = make("div", { className: "bars" }, ...bars);
  chart.setAttribute("aria-hidden", "true");
  const yearAt = (x) => {
    const { left, width } = chart.getBoundingClientRect();
    const place = Math.floor((x - left) / width * everyYear.length);
    return everyYear[Math.max(0, Math.min(everyYear.length - 1, place))];
  };
  let pressed = null;
  const between = (one, other) => (one <= other ? [one, other] : [other, one]);
  const mark = (from, to) => bars.forEach((bar, at) => bar.classList.toggle("on", everyYear[at] >= from && everyYear[at] <= to));
  chart.addEventListener("pointerdown", (event) => {
    pressed = yearAt(event.clientX);
    chart.setPointerCapture(event.pointerId);
    mark(pressed, pressed);
    event.preventDefault();
  });
  chart.addEventListener("pointermove", (event) => { if (pressed !== null) mark(...between(pressed, yearAt(event.clientX))); });
  chart.addEventListener("pointerup", (event) => {
    if (pressed === null) return;
    const [from, to] = between(pressed, yearAt(event.clientX));
    pressed = null;
    const now = chosenYears();
    const again = from === to && now.length === 1 && now[0] === from;
    choose(again ? null : from, to);
  });
  chart.addEventListener("pointercancel", () => { pressed = null; facet.show(); });

  /* Two lists */
  const list = (name, words) => {
    const select = make("select", { autocomplete: "off" }, make("option", { value: "" }, "any"), ...years.map((year) => make("option", { value: year }, String(year))));
    select.dataset.year = name;
    return [select, make("label", {}, make("span", {}, words), select)];
  };
  const [from, fromLine] = list("from", "From");
  const [to, toLine] = list("to", "to");
  const both = (mine) => {
    let first = from.value ? Number(from.value) : null;
    let last = to.value ? Number(to.value) : null;
    if (first !== null && last !== null && first > last) first = last = Number(mine.value);
    if (first === null && last === null) choose(null, null);
    else choose(first ?? years[0], last ?? years.at(-1));
  };
  /* Whoever types "2016" into a list passes 2002 on the way: it waits until the typing is over */
  let typed = 0;
  let due = 0;
  const settle = (select) => {
    clearTimeout(due);
    due = 0;
    both(select);
  };
  for (const select of [from, to]) {
    select.addEventListener("keydown", (event) => { if (/^[0-9]$/.test(event.key)) typed = performance.now(); });
    select.addEventListener("change", () => {
      clearTimeout(due);
      due = 0;
      if (performance.now() - typed < 1000) due = setTimeout(settle, 700, select);
      else both(select);
    });
    select.addEventListener("blur", () => {
      typed = 0;
      if (due) settle(select);
      else facet.show();
    });
  }
  const ends = make("p", { className: "bar-ends" }, make("span", {}, String(everyYear[0] ?? "")), make("span", {}, String(everyYear.at(-1) ?? "")));
  ends.setAttribute("aria-hidden", "true");
  if (years.length) field.querySelector("legend").after(chart, ends, make("p", { className: "from-to" }, fromLine, toLine));

  facet.show = () => {
    const most = Math.max(1, ...years.map((year) => facet.counts[placeOf(year)]));
    const chosen = new Set(chosenYears());
    bars.forEach((bar, at) => {
      const place = placeOf(everyYear[at]);
      const number = place < 0 ? 0 : facet.counts[place];
      bar.firstElementChild.style.height = number ? `${Math.max(4, 100 * number / most)}%` : "0";
      bar.title = `${everyYear[at]}: ${grouped(number)}`;
      bar.classList.toggle("on", chosen.has(everyYear[at]));
    });
    chart.classList.toggle("narrowed", chosen.size > 0);
    const asked = Array.from(chosen).sort((a, b) => a - b);
    for (const select of [from, to]) {
      if (select === document.activeElement && performance.now() - typed < 1000) continue;
      select.value = asked.length ? asked.at(select === from ? 0 : -1) : "";
      for (const option of select.options) {
        if (!option.value) continue;
        const words = `${option.value} (${grouped(facet.counts[placeOf(option.value)])})`;
        if (option.textContent !== words) option.textContent = words;
      }
    }
  };
};
