// Light, dark, or as the system is: what the reader chose is kept for this site.
"use strict";

(() => {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll("[data-kb-scheme-choice]");
  const { dataset } = document.documentElement;

  function press() {
    const chosen = dataset.kbScheme ?? "system";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.kbSchemeChoice === chosen));
    }
  }
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const choice = button.dataset.kbSchemeChoice ?? "system";
      if (choice === "system") document.documentElement.removeAttribute("data-kb-scheme");
      else dataset.kbScheme = choice;
      kbStore.browser.set("scheme", choice);
      press();
    });
  }
  press();
})();
