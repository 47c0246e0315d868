/* The interactive view of a figure: Vega draws the specification that the picture was drawn from, in
   its place. Boxes leave groups out; the arrow keys read one mark after the other. */
"use strict";
(() => {
  const OPTIONS = { mode: "vega-lite", ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true } };
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
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

  /* What the picture says of its items, in their order; marks that are left out are passed over. */
  const reader = (form, plot, said) => {
    const sentences = form.datasets.items.map((item) => item.sentence);
    const marks = (sentence) => plot.querySelectorAll(`[aria-label="${CSS.escape(sentence)}"]`);
    let at = -1;
    return (step) => {
      for (const mark of plot.querySelectorAll(".figure-read")) mark.classList.remove("figure-read");
      for (let tries = sentences.length; tries > 0; tries -= 1) {
        at = (at + step + sentences.length) % sentences.length;
        const found = marks(sentences[at]);
        if (!found.length) continue;
        for (const mark of found) mark.classList.add("figure-read");
        said.textContent = sentences[at];
        return;
      }
    };
  };

  /* Fill the stage that lies over a drawing; return what ends the view. */
  globalThis.figureView = async (name, drawing, stage) => {
    const [wide, narrow] = globalThis.figureForms[name];
    const phone = getComputedStyle(drawing.querySelector(".figure-wide")).display === "none";
    const form = structuredClone(phone ? narrow : wide);
    const { explore } = form.usermeta;
    const plot = made("div", { className: "figure-plot" });
    const said = made("p", { className: "figure-said", role: "status" });
    const coarse = matchMedia("(pointer: coarse)").matches;
    said.textContent = coarse ? "Touch a mark to read it." : "Point at a mark to read it, or Tab to the figure and use the arrow keys.";
    const controls = made("div", { className: "figure-controls" }, said);
    stage.append(plot);
    drawing.append(stage);
    drawing.after(controls);
    const fields = explore.filter && filter(explore.filter);
    if (fields) controls.prepend(fields);
    const drawn = await globalThis.vegaEmbed(plot, form, OPTIONS);
    plot.querySelector("svg").setAttribute("class", "marks figure-scaled");
    fields?.addEventListener("change", () => drawn.view.signal("shown", ticked(fields)).runAsync());
    const read = reader(form, plot, said);
    stage.addEventListener("keydown", (event) => {
      if (!(event.key in STEPS) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      read(STEPS[event.key]);
    });
    return () => { controls.remove(); drawn.finalize(); };
  };
})();
