// What a page tells a reader who may not see it, and the drawings on its buttons.
"use strict";

const kbSaid = (() => {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const region = document.createElement("p");
  region.className = "kb-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);

  /** Says a text to a screen reader. @param {string} text */
  function say(text) {
    region.textContent = "";
    // In a turn of its own: the same text twice is said twice.
    setTimeout(() => {
      region.textContent = text;
    }, 50);
  }
  /** A drawing of 24 by 24, for the eye alone. @param {string} shape */
  function icon(shape) {
    const drawing = document.createElementNS(NAMESPACE, "svg");
    const path = document.createElementNS(NAMESPACE, "path");
    drawing.setAttribute("viewBox", "0 0 24 24");
    drawing.setAttribute("aria-hidden", "true");
    path.setAttribute("d", shape);
    drawing.append(path);
    return drawing;
  }
  /**
   * Whether a text is on the clipboard now.
   * @param {string} text
   */
  async function copied(text) {
    if (!("clipboard" in navigator)) return byEvent(text);
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      console.warn(error); // a reader who does not allow it
      return false;
    }
  }
  /** Where there is no clipboard interface: plain http, or a file. @param {string} text */
  function byEvent(text) {
    const give = (/** @type {ClipboardEvent} */ event) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    document.addEventListener("copy", give, { once: true });
    const isRun = document.execCommand("copy");
    document.removeEventListener("copy", give);
    return isRun;
  }

  return { copied, icon, say };
})();
