/* Before anything is painted: the colours that a reader chose, kept on the device. Without this, and
   without a choice, pages follow the device. */
"use strict";
window.evidenceColours = (chosen) => {
  document.documentElement.style.colorScheme = chosen;
  document.getElementById("dark").media = { dark: "screen", light: "not all" }[chosen] ?? "screen and (prefers-color-scheme: dark)";
};
try {
  const chosen = localStorage.getItem("colours");
  if (chosen) window.evidenceColours(chosen);
} catch { /* a browser that keeps nothing follows the device */ }
