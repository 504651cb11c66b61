// After a page's text: the tab that the address names, and those that the reader chose elsewhere.
"use strict";

(() => {
  /** @type {unknown} */
  const kept = document.currentScript?.dataset.linked ? kbStore.get("tabs") : null;
  const chosen = Array.isArray(kept) ? kept : [];
  for (const set of chosen.length ? document.querySelectorAll(".tabbed-set") : []) {
    /** @type {NodeListOf<HTMLLabelElement>} */
    const labels = set.querySelectorAll(":scope > .tabbed-labels > label");
    const byName = new Map([...labels].reverse().map((item) => [nameOf(item), item]));
    const label = byName.get(chosen.find((name) => byName.has(name)));
    select(label ? document.getElementById(label.htmlFor) : null);
  }
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLInputElement && named.name.startsWith("__tabbed_")) select(named);

  /** As the theme keeps it. @param {HTMLElement} label */
  // biome-ignore lint/performance/useDomNodeTextContent: the theme keeps what is seen
  const nameOf = (label) => label.innerText.trim();
  /** @param {HTMLElement | null} input */
  function select(input) {
    if (input instanceof HTMLInputElement) input.checked = true;
  }
})();
