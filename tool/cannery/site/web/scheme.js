// Before anything is drawn: light or dark, as the reader chose on this site, and where a browser
// keeps such choices.
"use strict";

const kbStore = (() => {
  const scope = new URL(document.currentScript?.dataset.scope ?? ".", location.href).pathname;
  /**
   * What is kept under a name, null if nothing is.
   * @param {string} name
   * @returns {unknown}
   */
  function get(name, storage = localStorage) {
    return JSON.parse(storage.getItem(`${scope}.${name}`) ?? "null");
  }
  /**
   * @param {string} name
   * @param {unknown} value
   */
  function set(name, value, storage = localStorage) {
    try {
      storage.setItem(`${scope}.${name}`, JSON.stringify(value));
    } catch (error) {
      console.warn(error); // a browser that keeps nothing: the choice holds for this page
    }
  }
  return { get, set };
})();

(() => {
  const { dataset } = document.documentElement;
  dataset.kbLive = ""; // what needs scripts is shown
  const kept = kbStore.get("scheme");
  if (kept === "light" || kept === "dark") dataset.kbScheme = kept;
})();
