// What stands beside emphasis in a source of Markdown: a part of the twin of
// liquid/interpolate_source.py.
"use strict";

const kbBesideMarks = (() => {
  const { codePoint, isBlank } = kbText;
  const { canClose, canOpen } = kbEmphasis;
  const OPENING = ["em_open", "strong_open", "s_open"];
  const CLOSING = ["em_close", "strong_close", "s_close"];
  // A marker, as kbLiquidValues.MARK is one, at either end.
  const FIRST = /^\ue000([0-9]{1,7})\ue001/;
  const LAST = /\ue000([0-9]{1,7})\ue001$/;

  /**
   * The pieces of a text, with the letters outside of marks so that these mark what a value begins
   * or ends: as references to characters, which are punctuation and read the same.
   * @param {string[]} given the author's texts and the values in turn
   * @param {string[]} numbers of the markers
   * @param {KbToken[]} tokens
   */
  function besideMarks(given, numbers, tokens) {
    const pieces = given.map((piece) => [...piece]);
    const { opened, closed } = markedEdges(tokens);
    for (const [at, number] of numbers.entries()) {
      const place = 2 * at + 1;
      const value = pieces[place];
      const [first, last] = [value[0], value.at(-1)];
      if (first && opened.has(number)) {
        referBefore(pieces, place, (outer) => canOpen(outer, first) || isBlank(first));
      }
      if (last && closed.has(number)) {
        referAfter(pieces, place, (outer) => canClose(last, outer) || isBlank(last));
      }
    }
    return pieces.map((letters) => letters.join(""));
  }
  /** Whether it is a mark: `_` marks nothing within a word. @param {string} char */
  const isMark = (char) => char === "*" || char === "~";
  /**
   * @param {string[][]} pieces
   * @param {number} place
   * @param {(outer: string) => boolean} fits
   */
  function referBefore(pieces, place, fits) {
    const at = pieces[place - 1].findLastIndex((char) => !isMark(char));
    if (at >= 0) refer(pieces[place - 1], at, fits);
    else refer(pieces[place - 2] ?? [], (pieces[place - 2]?.length ?? 0) - 1, fits);
  }
  /**
   * @param {string[][]} pieces
   * @param {number} place
   * @param {(outer: string) => boolean} fits
   */
  function referAfter(pieces, place, fits) {
    const at = pieces[place + 1].findIndex((char) => !isMark(char));
    if (at >= 0) refer(pieces[place + 1], at, fits);
    else refer(pieces[place + 2] ?? [], 0, fits);
  }
  /**
   * Make a reference of a letter where marks would not do beside the value.
   * @param {string[]} letters
   * @param {number} at
   * @param {(outer: string) => boolean} fits
   */
  function refer(letters, at, fits) {
    const outer = letters[at];
    if (outer && !fits(outer)) letters.splice(at, 1, ...`&#${codePoint(outer)};`);
  }
  /**
   * The markers that emphasis or strikethrough begins with, and those that it ends with.
   * @param {KbToken[]} tokens
   */
  function markedEdges(tokens) {
    const pairs = tokens.flatMap(({ children }) => pairsOf(children ?? []));
    return {
      opened: new Set(
        pairs.map(([one, other]) => OPENING.includes(one.type) && FIRST.exec(other.content)?.[1]),
      ),
      closed: new Set(
        pairs.map(([one, other]) => CLOSING.includes(other.type) && LAST.exec(one.content)?.[1]),
      ),
    };
  }
  /** @param {KbToken[]} tokens @returns {[KbToken, KbToken][]} */
  const pairsOf = (tokens) => tokens.slice(1).map((token, at) => [tokens[at], token]);

  return { besideMarks };
})();
