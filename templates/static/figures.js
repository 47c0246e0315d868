/* Explore a figure: the picture gives way to an interactive view of the same numbers, in its place.
   Nothing is loaded before a reader asks for it; whatever fails leaves the picture. */
"use strict";
(() => {
  const PATIENCE = 20000; /* milliseconds */
  const OPTIONS = { mode: "vega-lite", ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true } };
  const made = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const loads = new Map();
  const load = (address) => {
    if (!loads.has(address)) {
      loads.set(address, new Promise((resolve, reject) => {
        const script = made("script", { src: address, onload: resolve });
        script.onerror = () => { loads.delete(address); script.remove(); reject(new Error(address)); };
        document.head.append(script);
      }));
    }
    return loads.get(address);
  };
  const inTime = (promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("too slow")))]);

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

  const fitted = (form, stage, drawing) => {
    const { explore } = form.usermeta;
    if (explore.drawn) return form;
    const narrow = drawing.clientWidth < 560;
    const config = { ...form.config, axisY: { ...form.config.axisY, labelLimit: narrow ? 120 : 220 } };
    if (explore.filter?.colours) config.legend = { ...config.legend, disable: true }; /* the boxes are one */
    const room = drawing.clientHeight - stage.querySelector(".figure-controls").offsetHeight;
    return { ...form, config, width: stage.clientWidth - 2, height: Math.max(room - 4, explore.least) };
  };

  for (const tools of document.querySelectorAll(".figure-tools[data-explore]")) {
    const figure = tools.closest(".figure");
    const drawing = figure.querySelector(".figure-drawing");
    const button = made("button", { type: "button", className: "figure-explore", textContent: "Explore this figure" });
    const status = made("span", { className: "figure-status", role: "status" });
    tools.prepend(button, status);
    let stage = null;
    let close = () => {};

    const open = async () => {
      const name = tools.dataset.explore;
      status.textContent = "Loading";
      button.setAttribute("aria-busy", "true");
      const title = figure.querySelector(".figure-title").textContent.trim();
      const plot = made("div", { className: "figure-plot" });
      const controls = made("div", { className: "figure-controls" });
      const shown = made("div", { className: "figure-stage", tabIndex: 0, role: "group", ariaLabel: `${title}: interactive view` }, controls, plot);
      stage = shown;
      try {
        await inTime(Promise.all([load(tools.dataset.vega), load(tools.dataset.script)]));
        const forms = globalThis.figureForms[name];
        const narrow = getComputedStyle(drawing.querySelector(".figure-wide")).display === "none";
        const form = structuredClone((narrow && forms[1]) || forms[0]);
        const { explore } = form.usermeta;
        drawing.append(shown);
        const touched = matchMedia("(pointer: coarse)").matches ? "Touch a mark to read it." : "Point at a mark to read it.";
        const zoomed = matchMedia("(pointer: coarse)").matches ? "" : " Drag to move, Ctrl and wheel to zoom, double-click to undo.";
        const hint = made("p", { textContent: `${touched}${explore.zoom ? zoomed : ""}` });
        controls.append(hint);
        if (explore.drawn) controls.remove();
        const fields = explore.filter && filter(explore.filter);
        if (fields) controls.append(fields);
        if (drawing.clientHeight - controls.offsetHeight < explore.least) hint.remove(); /* room for the marks first */
        const drawn = await inTime(globalThis.vegaEmbed(plot, fitted(form, shown, drawing), OPTIONS));
        if (stage !== shown) { drawn.finalize(); return; }
        fields?.addEventListener("change", () => drawn.view.signal("shown", ticked(fields)).runAsync());
        if (explore.drawn) plot.querySelector("svg").classList.add("figure-scaled");
        drawing.classList.add("exploring");
        button.textContent = "Back to the picture";
        status.textContent = "";
        close = () => drawn.finalize();
      } catch {
        leave();
        status.textContent = "The interactive view could not be loaded. The picture has the same numbers.";
      } finally {
        button.removeAttribute("aria-busy");
      }
    };
    const leave = () => {
      const within = stage?.contains(document.activeElement);
      drawing.classList.remove("exploring");
      stage?.remove();
      stage = null;
      close();
      close = () => {};
      button.textContent = "Explore this figure";
      status.textContent = "";
      if (within) button.focus({ preventScroll: true });
    };

    button.addEventListener("click", () => (stage ? leave() : open()));
    figure.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && stage) leave();
    });
  }

  /* The line to copy gets the address at which the site is read. */
  if (location.protocol.startsWith("http")) {
    for (const frame of document.querySelectorAll(".figure-frame")) {
      const { path } = frame.dataset;
      frame.textContent = frame.textContent.replace(/src="(?!https?:)[^"]*"/, `src="${new URL(path, location.href).href}"`);
    }
  }
})();
