// Another language of the same page opens at the same heading, where both have as many of them.
"use strict";

(() => {
  const KEY = "place";
  const headings = [...document.querySelectorAll(".kb-prose :is(h2, h3)[id]")];
  const TOP = 120; // pixels from the top: what is above has been read

  /** The heading that is read now; -1 for none. */
  const current = () =>
    headings.findLastIndex((item) => item.getBoundingClientRect().top <= TOP && scrollY > 0);

  for (const link of document.querySelectorAll("a[data-kb-language]")) {
    link.addEventListener("click", () => {
      const { pathname } = new URL(/** @type {HTMLAnchorElement} */ (link).href);
      const place = { at: current(), of: headings.length, to: pathname };
      kbStore.tab.set(KEY, place);
    });
  }

  const place = kbStore.tab.get(KEY);
  kbStore.tab.set(KEY, null);
  if (place?.to !== location.pathname || place.of !== headings.length || location.hash) return;
  headings[place.at]?.scrollIntoView({ behavior: "instant" });
})();
