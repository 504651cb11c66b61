// A value as lines of Markdown that read back as it, whatever stands around them: the twin of
// liquid/written_value.py.
"use strict";

const kbWrittenValue = (() => {
  const { BREAK, codePoint } = kbText;
  const { CLOSE } = kbLiquidValues;
  const { oneLine } = kbInterpolate;
  // Without its slash or its colon, no address is one that stands for itself.
  // Nor is a heading's id one without the brace that begins it.
  const MARKUP = /[\\`*_[\]<>&~|]|\/(?=\/)|(?<=mailto):|\{(?=:?\s{0,9}#)/gi;
  const EDGES = ["*", "_", "~"];
  const ADDRESS_END = /[:@]/g;
  // What an author has begun there: an address, which a value could make one of its own.
  const BEGUN = /(?:<|mailto:)[^\s<>]*$/i;
  const NEAR = 300; // characters before a value that an address may begin in
  const BLOCK_START = /^(?:([-+#=]|!(?=!!)|\?(?=\?\?))|(\d{1,9})([.)]))(?!\d)/gm;
  const CONTAINERS =
    /^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|\[\^[^\]\s]{1,200}\]:[ \t]*)*/;
  // What an author has begun right there, and how a value would go on with it: an address, a
  // footnote, an alert or a task, a tag, a box, a heading's id.
  const GO_ON = [
    [/\/\/$/, /^[\p{L}\p{N}]/u],
    [/\[$/, /^(?:[\^!]|x$)/i],
    [/<\/?$/, /^\/?(?:kbd|sub|sup|br|details|summary)\b/i],
    [/(?:!!!|\?\?\?\+?|===[!+]{0,2})[ \t]+[\p{L}\p{N}_ \t-]{0,100}$/u, /^[\p{L}\p{N}_ -]/u],
    [/\{:?\s{0,9}$/, /^#/],
    [/\{:?\s{0,9}#[\p{L}\p{N}_.:-]{0,100}$/u, /^[\p{L}\p{N}_.:-]/u],
  ];

  /**
   * @param {string} written
   * @param {KbSpotKind} kind
   * @param {string} before what stands before it in its line
   * @param {string} after the letter behind it in its line; empty at the end
   */
  function writtenValue(written, kind, before, after) {
    const isFirst = containers(before).length === before.length;
    const lines = kind === "text" ? written.split(BREAK) : [oneLine(written)];
    const rows = lines.map((line, number) => escaped(line, isFirst || number > 0));
    rows[0] = apartBefore(kind === "line" ? asNoRow(rows[0], before) : rows[0], before);
    const last = rows.length - 1;
    rows[last] = apartAfter(rows[last], after || kind);
    const kept = withBlanks(
      rows,
      isFirst || kind === "line" || isEdge(before.at(-1)),
      !after || kind === "line" || isEdge(after),
    );
    return kept.join(`\\\n${continuation(before, false)}`);
  }
  /** @param {string} char */
  const referred = (char) => `&#${codePoint(char)};`;
  /**
   * The lines with the blanks at their ends as references: a parser drops bare ones.
   * @param {string[]} rows
   * @param {boolean} isBegun whether the first is one from its beginning
   * @param {boolean} isEnded whether the last is one to its end
   */
  const withBlanks = (rows, isBegun, isEnded) =>
    rows
      .map((line, at) => (at || isBegun ? line.replace(/^[ \t]/, referred) : line))
      .map((line, at) =>
        isEnded && at === rows.length - 1 ? line.replace(/[ \t]$/, referred) : line,
      );
  /** Whether a mark could stand there. @param {string | undefined} char */
  const isEdge = (char) => EDGES.includes(char ?? " ");
  /**
   * What looks like a table's row may be one.
   * @param {string} line
   * @param {string} before
   */
  const asNoRow = (line, before) =>
    before.includes("|") ? line : line.replaceAll("\\|", "&#124;");
  /** The signs of quotes and lists that a line begins with. @param {string} line */
  const containers = (line) => CONTAINERS.exec(line)?.[0] ?? "";
  /**
   * @param {string} line
   * @param {boolean} isFirst whether a block could begin there
   */
  function escaped(line, isFirst) {
    const marked = line.replace(MARKUP, "\\$&");
    if (!isFirst) return marked;
    return marked.replace(BLOCK_START, (_, sign, digits, end) =>
      sign ? `\\${sign}` : `${digits}\\${end}`,
    );
  }
  /**
   * The first line of a value, so that it makes nothing of what the author has begun there.
   * @param {string} line
   * @param {string} before
   */
  function apartBefore(line, before) {
    const isBegun = BEGUN.test(before.slice(-NEAR));
    const apart = isBegun ? line.replaceAll("\\:", ":").replace(ADDRESS_END, "\\$&") : line;
    const [first] = apart;
    const near = before.slice(-NEAR);
    if (first && GO_ON.some(([begun, goOn]) => begun.test(near) && goOn.test(apart))) {
      return referred(first) + apart.slice(first.length);
    }
    const isJoined =
      "/:".includes(first ?? " ") && (before.endsWith(CLOSE) || before.endsWith("/"));
    return isJoined ? `\\${apart}` : apart;
  }
  // What of a value's last letters makes something of what comes after it.
  /** @type {Record<string, string>} */
  const JOINING = { "[": "!", "/": "/:", line: "#" };
  /**
   * The last line of a value, so that what comes after it makes nothing of it.
   * @param {string} line
   * @param {string} after the letter there, or at the end the kind of line
   */
  function apartAfter(line, after) {
    if (after === ":" && line.toLowerCase().endsWith("mailto")) return `${line}\\`;
    const last = line.at(-1);
    // A backslash of the value is written as two, and escapes nothing behind it.
    let start = line.length - 1;
    while (line[start - 1] === "\\") start -= 1;
    const isEscaped = (line.length - start) % 2 === 0;
    const isMet = last && (JOINING[after] ?? "").includes(last) && !isEscaped;
    return isMet ? `${line.slice(0, -1)}\\${last}` : line;
  }
  /**
   * What the lines after the first must start with to stay in the same quote or list.
   * @param {string} before
   * @param {boolean} isDeep
   */
  function continuation(before, isDeep) {
    const prefix = isDeep && /^[> \t]*$/.test(before) ? before : containers(before);
    return prefix.replace(/[^>\t]/g, " ");
  }

  return { continuation, escaped, writtenValue };
})();
