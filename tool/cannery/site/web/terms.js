// Terms of the glossary: a pointer, the keyboard and a finger show what one means; Escape hides it.
"use strict";

(() => {
  const GAP = 8; // pixels between a term and its hint, and to the edge
  const PATIENCE = 200; // milliseconds to reach the hint with the pointer
  const terms = document.querySelectorAll(".kb-prose abbr.kb-term");
  if (!terms.length) return;

  const hint = document.createElement("div");
  hint.className = "kb-term-hint";
  hint.id = "kb-term-hint";
  hint.setAttribute("role", "tooltip");
  hint.hidden = true;
  (document.querySelector("main") ?? document.body).append(hint);
  /** @type {HTMLElement | null} */
  let shown = null;
  let timer = 0;

  /** @param {HTMLElement} term */
  function place(term) {
    const at = term.getBoundingClientRect();
    const { height, width } = hint.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - width - GAP);
    const isBelow = at.bottom + GAP + height < innerHeight;
    hint.style.left = `${Math.max(GAP, left)}px`;
    hint.style.top = `${isBelow ? at.bottom + GAP : at.top - GAP - height}px`;
  }
  function hide() {
    clearTimeout(timer);
    hint.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  }
  function hideSoon() {
    clearTimeout(timer);
    timer = globalThis.setTimeout(hide, PATIENCE);
  }
  /**
   * @param {HTMLElement} term
   * @param {string} means
   */
  function show(term, means) {
    hide();
    shown = term;
    hint.textContent = means;
    hint.lang = term.closest("[lang]")?.getAttribute("lang") ?? "";
    hint.hidden = false;
    term.setAttribute("aria-describedby", hint.id);
    place(term);
  }
  /** @param {Element} abbreviation */
  function enhance(abbreviation) {
    const button = document.createElement("button");
    const means = abbreviation.getAttribute("title") ?? "";
    button.type = "button";
    button.className = "kb-term";
    button.append(...abbreviation.childNodes);
    abbreviation.replaceWith(button);
    button.addEventListener("focus", () => show(button, means));
    button.addEventListener("blur", hideSoon);
    button.addEventListener("click", () => show(button, means));
    button.addEventListener("pointerenter", () => show(button, means));
    button.addEventListener("pointerleave", () => {
      if (document.activeElement !== button) hideSoon();
    });
  }

  for (const term of terms) enhance(term);
  hint.addEventListener("pointerenter", () => clearTimeout(timer));
  hint.addEventListener("pointerleave", hideSoon);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const isInside = target instanceof Node && (hint.contains(target) || shown?.contains(target));
    if (!isInside) hide();
  });
  addEventListener("scroll", () => (shown ? place(shown) : undefined), { passive: true });
})();
