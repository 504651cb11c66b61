// A reply onto the clipboard, as plain text and where there is any as HTML.
"use strict";

const kbClipboard = (() => {
  /**
   * Whether it was copied.
   * @param {string} plain
   * @param {string} html empty for plain text alone
   */
  const copy = async (plain, html) => (await byInterface(plain, html)) || byEvent(plain, html);

  /**
   * @param {string} plain
   * @param {string} html
   */
  async function byInterface(plain, html) {
    if (!("clipboard" in navigator && "ClipboardItem" in globalThis)) return false;
    const kinds = { "text/plain": new Blob([plain], { type: "text/plain" }) };
    if (html) Object.assign(kinds, { "text/html": new Blob([html], { type: "text/html" }) });
    try {
      await navigator.clipboard.write([new ClipboardItem(kinds)]);
      return true;
    } catch {
      return false; // not allowed here: the copy event is asked next
    }
  }
  /**
   * Where there is no clipboard interface (plain http, file://), the copy event has both kinds.
   * @param {string} plain
   * @param {string} html
   */
  function byEvent(plain, html) {
    let isGiven = false;
    const give = (/** @type {ClipboardEvent} */ event) => {
      event.clipboardData?.setData("text/plain", plain);
      if (html) event.clipboardData?.setData("text/html", html);
      event.preventDefault();
      isGiven = true;
    };
    document.addEventListener("copy", give, { once: true });
    const isRun = document.execCommand("copy");
    document.removeEventListener("copy", give);
    return isRun && isGiven;
  }

  return { copy };
})();
