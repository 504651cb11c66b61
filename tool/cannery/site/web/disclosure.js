// The menus of the header, which are `<details>`: they close as menus do, and the focus goes back.
"use strict";

(() => {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const menus = document.querySelectorAll("details.kb-menu");
  /** @param {HTMLDetailsElement} menu */
  function close(menu) {
    const isInside = menu.contains(document.activeElement);
    menu.open = false;
    if (isInside) menu.querySelector("summary")?.focus();
  }

  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.preventDefault();
      close(menu);
    });
    menu.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && !menu.contains(next)) menu.open = false;
    });
    menu.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("button")) close(menu);
    });
  }
  document.addEventListener("pointerdown", (event) => {
    for (const menu of menus) {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    }
  });
})();
