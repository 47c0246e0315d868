/* Explore a figure: the picture gives way to an interactive view of the same numbers, in its place.
   Nothing is loaded before a reader asks for it; whatever fails leaves the picture. */
"use strict";
(() => {
  const PATIENCE = 20000; /* milliseconds */
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

  for (const tools of document.querySelectorAll(".figure-tools[data-explore]")) {
    const figure = tools.closest(".figure");
    const drawing = figure.querySelector(".figure-drawing");
    const button = made("button", { type: "button", className: "figure-explore", textContent: "Explore this figure" });
    const status = made("span", { className: "figure-status", role: "status" });
    tools.prepend(button, status);
    let stage = null;
    let close = () => {};

    const open = async () => {
      const { explore, script, view, vega } = tools.dataset;
      status.textContent = "Loading";
      button.setAttribute("aria-busy", "true");
      const title = figure.querySelector(".figure-title").textContent.trim();
      const shown = made("div", { className: "figure-stage", tabIndex: 0, role: "group", ariaLabel: `${title}: interactive view` });
      stage = shown;
      try {
        await inTime(Promise.all([view, vega, script].map(load)));
        const finish = await inTime(globalThis.figureView(explore, drawing, shown));
        if (stage !== shown) { finish(); shown.remove(); return; } /* left while it was loading */
        drawing.classList.add("exploring");
        button.textContent = "Back to the picture";
        status.textContent = "";
        close = finish;
      } catch {
        leave();
        status.textContent = "The interactive view could not be loaded. The picture has the same numbers.";
      } finally {
        button.removeAttribute("aria-busy");
      }
    };
    const leave = () => {
      const focused = document.activeElement;
      const within = stage?.contains(focused) || figure.querySelector(".figure-controls")?.contains(focused);
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
