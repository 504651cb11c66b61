// A picture that is shown smaller than it is: a click or Enter shows all of it.
"use strict";

(() => {
  const { one, texts } = kbPage;
  const LEAST = 1.15; // times as wide as it is shown

  /** @param {HTMLImageElement} picture */
  const widthOf = (picture) => Number(picture.getAttribute("width")) || picture.naturalWidth;
  /** @param {HTMLImageElement} picture */
  const isReduced = (picture) => widthOf(picture) > picture.clientWidth * LEAST;

  function newDialog() {
    const dialog = document.createElement("dialog");
    dialog.className = "kb-zoom";
    const button = document.createElement("button");
    button.type = "button";
    button.append(document.createElement("img"));
    button.setAttribute("aria-label", texts.search_close);
    dialog.append(button);
    dialog.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    return dialog;
  }
  /** @type {HTMLDialogElement | null} */
  let dialog = null;

  /** @param {HTMLImageElement} picture */
  function show(picture) {
    dialog ??= newDialog();
    /** @type {HTMLImageElement} */
    const shown = one(dialog, "img");
    shown.src = picture.currentSrc || picture.src;
    shown.alt = picture.alt;
    shown.width = widthOf(picture);
    shown.height = Number(picture.getAttribute("height")) || picture.naturalHeight;
    dialog.setAttribute("aria-label", picture.alt || texts.enlarge);
    dialog.showModal();
  }
  /** @param {HTMLImageElement} picture */
  function addButton(picture) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-zoom-open";
    button.title = texts.enlarge;
    picture.replaceWith(button);
    button.append(picture);
    if (!picture.alt) button.setAttribute("aria-label", texts.enlarge);
    const adapt = () => {
      button.disabled = !isReduced(picture);
    };
    button.addEventListener("click", () => show(picture));
    picture.addEventListener("load", adapt);
    new ResizeObserver(adapt).observe(picture);
  }

  for (const picture of document.querySelectorAll(".kb-prose img")) {
    if (picture instanceof HTMLImageElement && !picture.closest("a, button, summary, .kb-tabs")) {
      addButton(picture);
    }
  }
})();
