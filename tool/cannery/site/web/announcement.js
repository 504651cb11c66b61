"use strict";
/** An announcement stays closed for who has closed it, until it says something else. */
const kbAnnouncement = (() => {
  const NAME = "notice";

  /** @param {HTMLElement} bar */
  function prepare(bar) {
    const text = bar.querySelector("p")?.textContent ?? "";
    bar.hidden = kbStore.browser.get(NAME) === text;
    bar.querySelector("button")?.addEventListener("click", () => {
      bar.hidden = true;
      kbStore.browser.set(NAME, text);
      document.getElementById("kb-content")?.focus({ preventScroll: true });
    });
  }

  const notice = document.querySelector("[data-kb-notice]");
  if (notice instanceof HTMLElement) prepare(notice);
  return { prepare };
})();
