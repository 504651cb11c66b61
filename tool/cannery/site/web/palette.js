// Right after the switch between light and dark: the reader's choice, before anything is drawn.
"use strict";

(() => {
  /** @type {Record<string, string> | undefined} */
  const color = __md_get("__palette")?.color;
  if (!color) return;
  for (const [name, value] of Object.entries(chosen(color))) {
    document.body.setAttribute(`data-md-color-${name}`, value ?? "");
  }

  /**
   * The colours to begin with: those of the system's own choice, if that was chosen.
   * @param {Record<string, string>} kept
   * @returns {Record<string, string | undefined>}
   */
  function chosen(kept) {
    if (kept.media !== "(prefers-color-scheme)") return kept;
    const wanted = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    /** @type {HTMLElement | null} */
    const entry = document.querySelector(
      `[data-md-color-media="(prefers-color-scheme: ${wanted})"]`,
    );
    if (!entry) return kept;
    const { mdColorMedia, mdColorScheme, mdColorPrimary, mdColorAccent } = entry.dataset;
    return {
      media: mdColorMedia,
      scheme: mdColorScheme,
      primary: mdColorPrimary,
      accent: mdColorAccent,
    };
  }
})();
