// After a page's text: the tab that the address names, and those that the reader chose elsewhere.
"use strict";

(() => {
  const chosen = document.currentScript.dataset.linked ? __md_get("__tabs") : null;
  for (const set of Array.isArray(chosen) ? document.querySelectorAll(".tabbed-set") : []) {
    const labels = [...set.querySelectorAll(":scope > .tabbed-labels > label")];
    const names = chosen.filter((name) => labels.some((label) => label.innerText.trim() === name));
    const label = labels.find((item) => item.innerText.trim() === names[0]);
    const input = label && document.getElementById(label.htmlFor);
    if (input) input.checked = true;
  }
  const named = document.getElementById(location.hash.slice(1));
  if (named?.name?.startsWith?.("__tabbed_")) named.checked = true;
})();
