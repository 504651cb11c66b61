// The sheet of a phone: the page's own menus are moved into it while it is open.
"use strict";

(() => {
  const { one } = kbPage;
  /** @type {HTMLDialogElement} */
  const sheet = one(document, "dialog.kb-sheet");
  const wide = matchMedia("(min-width: 64rem)"); // as in shell.css: the sections stand beside the page
  /** @type {Comment[]} */
  let places = [];

  function open() {
    for (const part of document.querySelectorAll("[data-kb-in-sheet]")) moveIn(part);
    for (const slot of sheet.querySelectorAll("section")) {
      slot.hidden = !slot.querySelector("[data-kb-in-sheet]");
    }
    sheet.showModal();
    sheet.querySelector(".kb-tree [aria-current]")?.scrollIntoView({ block: "center" });
  }
  /** @param {Element} part */
  function moveIn(part) {
    const name = part.getAttribute("data-kb-in-sheet");
    const place = document.createComment(name ?? "");
    part.replaceWith(place);
    places.push(place);
    slotOf(name).append(part);
  }
  /**
   * Where a part is put: the page's contents below its own link among the sections.
   * @param {string | null} name
   */
  function slotOf(name) {
    const own = name === "contents" ? sheet.querySelector('[aria-current="page"]') : null;
    return own?.closest("li") ?? one(sheet, `[data-kb-sheet-slot="${name}"]`);
  }
  function moveBack() {
    for (const place of places.reverse()) {
      place.replaceWith(one(sheet, `[data-kb-in-sheet="${place.data}"]`));
    }
    places = [];
  }

  for (const button of document.querySelectorAll("[data-kb-open-menu]")) {
    button.addEventListener("click", open);
  }
  sheet.addEventListener("click", (event) => {
    const isOutside = event.target === sheet;
    const isDone =
      event.target instanceof Element && event.target.closest("a, [data-kb-close-menu]");
    if (isOutside || isDone) sheet.close();
  });
  sheet.addEventListener("close", moveBack);
  wide.addEventListener("change", () => sheet.close());
})();
