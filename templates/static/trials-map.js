/* The countries of the trials on a map: a click, a tap or a key chooses one, as in the list of countries. */
"use strict";
globalThis.evidenceMap = (place, facet, toggle, { grouped, ofTrials }) => {
  const { width, height, land, countries } = globalThis.trialMap;
  const SVG = "http://www.w3.org/2000/svg";
  const STEPS = 5;
  const drawn = (tag, fields, ...children) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(fields)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Countries. Arrow keys move, the space bar chooses." },
    drawn("path", { d: land, class: "land" }));
  const shapes = Object.entries(countries).map(([id, [path, x, y]]) => {
    const at = facet.ids.indexOf(id);
    if (at < 0) return null;
    const shape = path ? drawn("path", { d: path }) : drawn("circle", { cx: x, cy: y, r: 5 });
    const title = drawn("title", {});
    const part = drawn("g", { role: "checkbox", class: "country", tabindex: -1 }, title, shape);
    const one = { at, x, y, part, title };
    part.addEventListener("click", () => { point(one); toggle(one.at); });
    part.addEventListener("focus", () => point(one));
    part.addEventListener("pointerenter", () => say(one));
    part.addEventListener("pointerleave", () => say(current));
    return one;
  }).filter(Boolean).sort((one, other) => Boolean(countries[facet.ids[other.at]][0]) - Boolean(countries[facet.ids[one.at]][0]));
  svg.append(...shapes.map(({ part }) => part));
  const label = document.createElement("p");
  label.className = "map-label";
  const foot = document.createElement("p");
  foot.className = "map-foot";
  const frame = document.createElement("div");
  frame.className = "map-frame";
  frame.append(svg);
  place.append(label, frame, foot);

  let current = null;
  const named = ({ at }) => `${facet.titles[at]}: ${ofTrials(facet.counts[at])}`;
  const words = (one) => `${named(one)}${facet.chosen.has(one.at) ? ", chosen" : ""}`;
  const say = (one) => { label.textContent = one ? words(one) : "Choose a country"; };
  const point = (one) => {
    if (current) current.part.setAttribute("tabindex", -1);
    current = one;
    one.part.setAttribute("tabindex", 0);
    say(one);
  };
  /* The nearest in the direction of an arrow: what is aside counts double */
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const towards = ([right, down]) => {
    let nearest = null, least = Infinity;
    for (const one of shapes) {
      const across = one.x - current.x, along = one.y - current.y;
      const ahead = across * right + along * down;
      const aside = Math.abs(across * down) + Math.abs(along * right);
      if (one === current || ahead <= 0) continue;
      if (ahead + 2 * aside < least) [nearest, least] = [one, ahead + 2 * aside];
    }
    return nearest;
  };
  svg.addEventListener("keydown", (event) => {
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      toggle(current.at);
    } else if (ARROWS[event.key]) {
      event.preventDefault();
      towards(ARROWS[event.key])?.part.focus();
    }
  });
  const show = () => {
    const most = Math.max(1, ...shapes.map(({ at }) => facet.counts[at]));
    for (const one of shapes) {
      const number = facet.counts[one.at];
      const step = number ? Math.max(1, Math.ceil(STEPS * Math.sqrt(number / most))) : 0;
      one.part.setAttribute("aria-checked", facet.chosen.has(one.at));
      one.part.setAttribute("aria-label", named(one));
      one.part.dataset.step = step;
      one.title.textContent = words(one);
    }
    const missing = facet.ids.indexOf("not-stated");
    const unnamed = missing >= 0 && facet.counts[missing] ? ` ${grouped(facet.counts[missing])} name no country.` : "";
    foot.textContent = `The stronger the colour, the more trials: up to ${grouped(most)} in one country.${unnamed} The same countries stand in the list.`;
    say(current);
  };
  const first = shapes.reduce((best, one) => (!best || facet.counts[one.at] > facet.counts[best.at] ? one : best), null);
  if (first) point(first);
  show();
  say(null);
  /* Where it is wider than the screen, Europe stands in the middle: most countries do */
  frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  return show;
};
