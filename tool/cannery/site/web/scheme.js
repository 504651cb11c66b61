// Before anything is drawn: light or dark, as the reader chose on this site.
"use strict";

(() => {
  const { dataset } = document.documentElement;
  dataset.kbLive = ""; // what needs scripts is shown
  const kept = kbStore.browser.get("scheme");
  if (kept === "light" || kept === "dark") dataset.kbScheme = kept;
})();
