// How a value that does not suit its field is refused: the twin of content/refusal.py.
"use strict";

const kbRefusal = (() => {
  /** @type {Record<string, string>} */
  const HINTS = kbShared.words.hints;
  const WIDTH = 60;

  /** A value that does not suit its field: what is wrong, and what would be right. */
  class Refused extends Error {
    /**
     * @param {string} message
     * @param {string} hint one of words.json, or a sentence of its own
     * @param {string} kind what the page's own words for it are called, as in `fault_number`
     */
    constructor(message, hint, kind = hint) {
      super(message);
      this.hint = HINTS[hint] ?? hint;
      this.kind = kind;
    }
  }
  /** @param {string} text */
  const quoted = (text) => `'${text.length > WIDTH ? `${text.slice(0, WIDTH - 3)}...` : text}'`;

  return { quoted, Refused };
})();
