// Right after the switch between light and dark: the reader's choice, before anything is drawn.
"use strict";

(() => {
  const { color } = __md_get("__palette") ?? {};
  if (!color) return;
  let chosen = color;
  if (color.media === "(prefers-color-scheme)") {
    const wanted = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const { dataset } = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${wanted})"]`);
    chosen = { media: dataset.mdColorMedia, scheme: dataset.mdColorScheme, primary: dataset.mdColorPrimary, accent: dataset.mdColorAccent };
  }
  for (const [name, value] of Object.entries(chosen)) document.body.setAttribute(`data-md-color-${name}`, value);
})();
