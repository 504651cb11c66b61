// What is wider than the page scrolls in a frame of its own, by keyboard too: tables and code.
"use strict";

(() => {
  const { texts } = kbPage;

  /** What stands in a frame, as its heading calls it. @param {Element} frame */
  function nameOf(frame) {
    const kind = frame.matches("pre") ? texts.code : texts.table;
    /** @type {Element | null} */
    let before = frame;
    while (before && !/^H[1-6]$/.test(before.tagName)) {
      before =
        before.previousElementSibling ?? before.parentElement?.closest(".kb-prose *") ?? null;
    }
    const heading = before?.firstChild?.textContent ?? "";
    return heading ? `${kind}: ${heading}` : kind;
  }
  /** @param {Element} frame */
  function adapt(frame) {
    const isWide = frame.scrollWidth > frame.clientWidth + 1;
    if (isWide === frame.hasAttribute("tabindex")) return;
    if (isWide) {
      frame.setAttribute("tabindex", "0");
      frame.setAttribute("role", "group"); // no landmark: a page has many
      frame.setAttribute("aria-label", nameOf(frame));
    } else for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
  }

  const frames = document.querySelectorAll(".kb-prose :is(.kb-table, pre)");
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) adapt(target);
  });
  for (const frame of frames) watcher.observe(frame);
})();
