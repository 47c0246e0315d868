/* The interactive view of a figure: Vega draws what figures/<name>.js hands over, and boxes filter it. */
"use strict";
(() => {
  const OPTIONS = { mode: "vega-lite", ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true } };
  const made = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /* One box for each group, in its colour: what is not ticked is left out. */
  const filter = ({ values, colours, marks }) => {
    const fields = made("fieldset", {}, made("legend", { className: "visually-hidden", textContent: "Show" }));
    values.forEach((group, number) => {
      const box = made("input", { type: "checkbox", checked: true, value: group });
      const sign = made("span", { textContent: marks?.[number] ?? "", ariaHidden: "true" });
      if (colours) box.style.accentColor = sign.style.color = colours[number];
      fields.append(made("label", {}, box, " ", sign, ` ${group}`));
    });
    return fields;
  };
  const ticked = (fields) => Array.from(fields.querySelectorAll(":checked"), (box) => box.value);

  const lines = (words, longest) => words.split(" ").reduce((made, word) => {
    const full = !made.length || made.at(-1).length + word.length >= longest;
    return full ? [...made, word] : [...made.slice(0, -1), `${made.at(-1)} ${word}`];
  }, []);
  /* On a phone names of rows stand in two lines, and what the axis measures in as many as it needs. */
  const narrowed = (form, room) => {
    const { heads, least } = form.usermeta.explore;
    const high = room - 60 > 32 * (least - 48) / 18;
    const short = (name) => {
      const [first, second, ...more] = lines(`${name}`.split(" · ")[0], 19);
      return second && high ? [first, more.length ? `${second}…` : second] : lines(`${name}`.split(" · ")[0], 99);
    };
    for (const { encoding: { x, y } = {} } of [form, ...(form.layer ?? [])]) {
      if (heads && x) x.axis = { ...x.axis, ...heads };
      if (x?.title) x.title = [x.title].flat().flatMap((words) => lines(words, 32));
      if (!y?.axis?.labelExpr) continue;
      const names = form.datasets.items.map((item) => [item[y.field], short(item[y.field])]);
      y.axis.labelExpr = `${JSON.stringify(Object.fromEntries(names))}[datum.value]`;
    }
  };

  const fitted = (form, stage, drawing) => {
    const { explore } = form.usermeta;
    if (explore.drawn) return form;
    const narrow = drawing.clientWidth < 560;
    const config = { ...form.config, axisY: { ...form.config.axisY, labelLimit: narrow ? 130 : 220 } };
    if (explore.filter?.colours) config.legend = { ...config.legend, disable: true }; /* the boxes are one */
    const room = drawing.clientHeight - stage.querySelector(".figure-controls").offsetHeight;
    if (narrow) narrowed(form, room);
    return { ...form, config, width: stage.clientWidth - 2, height: Math.max(room - 4, explore.least) };
  };

  /* Fill the stage that lies over a drawing; return what ends the view. */
  globalThis.figureView = async (name, drawing, stage) => {
    const forms = globalThis.figureForms[name];
    const narrow = getComputedStyle(drawing.querySelector(".figure-wide")).display === "none";
    const form = structuredClone((narrow && forms[1]) || forms[0]);
    const { explore } = form.usermeta;
    const plot = made("div", { className: "figure-plot" });
    const controls = made("div", { className: "figure-controls" });
    stage.append(controls, plot);
    drawing.append(stage);
    const coarse = matchMedia("(pointer: coarse)").matches;
    const zoomed = coarse ? "" : " Drag to move, Ctrl and wheel to zoom, double-click to undo.";
    const hint = made("p", { textContent: `${coarse ? "Touch" : "Point at"} a mark to read it.${explore.zoom ? zoomed : ""}` });
    controls.append(hint);
    if (explore.drawn) controls.remove();
    const fields = explore.filter && filter(explore.filter);
    if (fields) controls.append(fields);
    if (drawing.clientHeight - controls.offsetHeight < explore.least) hint.remove(); /* room for the marks first */
    const drawn = await globalThis.vegaEmbed(plot, fitted(form, stage, drawing), OPTIONS);
    fields?.addEventListener("change", () => drawn.view.signal("shown", ticked(fields)).runAsync());
    if (explore.drawn) plot.querySelector("svg").classList.add("figure-scaled");
    return () => drawn.finalize();
  };
})();
