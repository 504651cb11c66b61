"use strict";
/** An announcement stays closed for who has closed it, until it says something else. */
const kbAnnouncement = (() => {
  const KEY = "kb-notice";

  /** @param {HTMLElement} bar */
  function prepare(bar) {
    const text = bar.querySelector("p")?.textContent ?? "";
    bar.hidden = read() === text;
    bar.querySelector("button")?.addEventListener("click", () => {
      bar.hidden = true;
      write(text);
      document.getElementById("kb-content")?.focus({ preventScroll: true });
    });
  }

  function read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is off: it is shown on each page
    }
  }

  /** @param {string} text */
  function write(text) {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // storage is off, or full: closed on this page alone
    }
  }

  const notice = document.querySelector("[data-kb-notice]");
  if (notice instanceof HTMLElement) prepare(notice);
  return { prepare };
})();
