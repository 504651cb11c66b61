// Line ends of a macro, which are line ends in the mail that it becomes: the browser's twin of
// content/line_ends.py.
"use strict";

const kbLineEnds = (() => {
  const { rtrimmed, strip } = kbText;

  /**
   * The text with each single line end in a paragraph as one that is meant: with a backslash.
   * @param {string} written
   */
  function kept(written) {
    // The line ends that the parser counts its lines by.
    const text = written.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    if (!/[^\n]\n[^\n]/.test(text)) return text;
    const lines = text.split("\n");
    for (const token of kbMarkdown.parse(text)) {
      for (const number of lineNumbers(token, lines)) {
        lines[number] = `${trimmed(lines[number])}\\`;
      }
    }
    return lines.join("\n");
  }
  /** @param {string} line @returns {string} */
  function trimmed(line) {
    const shorter = rtrimmed(rtrimmed(line, " "), "\t");
    return shorter === line ? line : trimmed(shorter);
  }
  /**
   * The lines that end in no break, of the block that has the token inside.
   * @param {KbToken} token
   * @param {string[]} lines
   */
  function lineNumbers({ children, content, map }, lines) {
    if (!(map && children)) return [];
    let first = begins(lines, map);
    let [seen, isBroken] = [0, false];
    return children.flatMap(({ markup, meta, type }) => {
      const isKept = isBroken; // the line ends there already
      isBroken = markup === kbInlineHtml.BREAK;
      if (type !== "softbreak" && type !== "hardbreak") return [];
      const at = meta?.at ?? seen;
      first += content.slice(seen, at).split("\n").length - 1;
      seen = at;
      return type === "softbreak" && !isKept ? [first] : [];
    });
  }
  /**
   * The first line of a block that has more than full-width blanks, which the block has lost.
   * @param {string[]} lines
   * @param {[number, number]} map
   */
  function begins(lines, [first, behind]) {
    const at = lines.slice(first, behind).findIndex((line) => strip(line));
    return at < 0 ? behind : first + at;
  }

  return { kept };
})();
