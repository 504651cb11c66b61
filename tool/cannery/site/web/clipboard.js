// A reply onto the clipboard, as plain text and where there is any as HTML.
"use strict";

const kbClipboard = (() => {
  /**
   * What became of it: "copied", "refused" (what was copied before is still there) or "unsure".
   * @param {string} plain
   * @param {string} html empty for plain text alone
   * @returns {Promise<KbCopied>}
   */
  const copy = async (plain, html) =>
    (await byInterface(plain, html)) ? "copied" : byEvent(plain, html);

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
   * @returns {KbCopied}
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
    if (!isRun) return isGiven ? "unsure" : "refused";
    return isGiven ? "copied" : "unsure"; // the browser copied something else
  }

  return { copy };
})();
