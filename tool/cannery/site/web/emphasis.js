// Where emphasis and strikethrough begin and end beside Chinese, Japanese and Korean: the browser's
// twin of content/emphasis.py.
"use strict";

const kbEmphasis = (() => {
  const { codePoint } = kbText;
  // Letters and punctuation of the blocks that such scripts have for themselves; no emoji.
  // biome-ignore-start lint/security/noSecrets: classes of letters
  const WIDE =
    "\\u1100-\\u11ff\\u20a9\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uffef\\u{16fe0}-\\u{18dff}\\u{1aff0}-\\u{1b2ff}\\u{1f200}-\\u{1f265}\\u{20000}-\\u{3ffff}\\u{e0100}-\\u{e01ef}";
  // biome-ignore-end lint/security/noSecrets: classes of letters
  const IS_WIDE = new RegExp(`^[${WIDE}]`, "u");
  const { isPunctChar, isWhiteSpace } = new markdownit().utils;

  /** @param {string} char */
  const isBlank = (char) => isWhiteSpace(codePoint(char));
  /**
   * Whether marks between these letters may hold the first: what CommonMark calls flanking.
   * @param {string} inside
   * @param {string} outside
   */
  function holds(inside, outside) {
    if (isBlank(inside)) return false;
    if (IS_WIDE.test(inside) || !isPunctChar(inside)) return true;
    return IS_WIDE.test(outside) || isBlank(outside) || isPunctChar(outside);
  }
  /**
   * Whether `*` or `~~` between these two letters may begin something.
   * @param {string} before
   * @param {string} after
   */
  const canOpen = (before, after) => holds(after, before);
  /**
   * Whether `*` or `~~` between these two letters may end something.
   * @param {string} before
   * @param {string} after
   */
  const canClose = (before, after) => holds(before, after);

  /**
   * The letter that ends before a place, whole; a blank at the beginning of the text.
   * @param {string} text
   * @param {number} place
   */
  const letterBefore = (text, place) =>
    [...text.slice(Math.max(0, place - 2), place)].at(-1) ?? " ";
  /**
   * @param {string} text
   * @param {number} place
   */
  const letterAt = (text, place) => [...text.slice(place, place + 2)][0] ?? " ";

  /** The parser with our look at the letters around a run of marks. @param {import("markdown-it").MarkdownIt} md */
  function extend(md) {
    md.inline.State = class extends md.inline.State {
      /**
       * @param {string} type
       * @param {string} tag
       * @param {-1 | 0 | 1} nesting
       */
      push(type, tag, nesting) {
        const token = super.push(type, tag, nesting);
        // Where its line ends: see line_ends.js.
        if (type === "softbreak" || type === "hardbreak") token.meta = { at: this.pos };
        return token;
      }
      /**
       * @param {number} start
       * @param {boolean} canSplitWord
       */
      scanDelims(start, canSplitWord) {
        let end = start;
        while (end < this.posMax && this.src[end] === this.src[start]) end += 1;
        const before = letterBefore(this.src, start);
        const after = end < this.posMax ? letterAt(this.src, end) : " ";
        const [opens, closes] = [canOpen(before, after), canClose(before, after)];
        return {
          can_open: opens && (canSplitWord || !closes || isPunctChar(before)),
          can_close: closes && (canSplitWord || !opens || isPunctChar(after)),
          length: end - start,
        };
      }
    };
  }

  return { canClose, canOpen, extend, IS_WIDE, WIDE };
})();
