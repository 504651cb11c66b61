// Whether a reader sees anything of a text: the twin of util/seen.py, which says what is in here.
"use strict";

const kbSeen = (() => {
  const { strip } = kbText;
  // As in util/plain.py: sequences to a terminal as a whole, then all other control characters.
  const CONTROLS =
    /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)|[0-9;]*)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[!-/]*[0-~]?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const SHAPE =
    // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks are in it as marks, each by itself
    /[^\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\udfff\ue000\ue001\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\u{13430}-\u{13442}\u{16fe4}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;

  /** The text without control characters, for wherever it goes. @param {string} text */
  const printable = (text) => text.replace(CONTROLS, "");
  /** Whether there is nothing to see of it once it is free of controls. @param {string} text */
  const showsNothing = (text) => !(SHAPE.test(text) && SHAPE.test(printable(text)));
  /** The text without the blanks around it; empty if it shows nothing. @param {string} text */
  const stripped = (text) => (showsNothing(text) ? "" : strip(text));

  return { printable, showsNothing, stripped };
})();
