// A reply as Markdown without what only our own pages have: the twin of render/markdown.py.
"use strict";

const kbRenderMarkdown = (() => {
  const { rstrip, strip } = kbText;
  const AT_ALL = /!!!|\?\?\?|===|\{:?\s{0,9}#/;
  const MARK = /!!!|\?\?\?|===/;
  const MOST = 20; // boxes in boxes
  const INDENT = 4;

  /** Whether a line has more than the signs of quotes. @param {string} line */
  const hasMore = (line) => /[^> \t]/.test(line ?? "");

  /**
   * The Markdown without what only we know.
   * @param {string} source
   * @param {string} language
   */
  function asAllRead(source, language) {
    let text = source;
    for (let round = 0; round < MOST && AT_ALL.test(text); round += 1) {
      const lines = text.split("\n");
      const tokens = kbMarkdown.blocks(text);
      dropIds(lines, tokens);
      const boxes = outerBoxes(tokens);
      text = without(boxes, lines, language).join("\n");
      if (!boxes.length) break;
    }
    return text;
  }
  /**
   * @param {string[]} lines
   * @param {KbToken[]} tokens
   */
  function dropIds(lines, tokens) {
    for (const [at, { markup, meta, type }] of tokens.entries()) {
      const map = tokens[at + 1]?.map;
      if (type !== "heading_open" || meta?.id === undefined || !map) continue;
      const line = map[1] - 1 - Number(markup === "=" || markup === "-");
      lines[line] = kbSigns.splitId(lines[line]).text;
    }
  }
  /** Boxes and tabs that are in no other, without what HTML opens. @param {KbToken[]} tokens */
  function outerBoxes(tokens) {
    let behind = 0;
    return tokens.filter(({ info, map, type }) => {
      const isBox = (type === "box_open" || type === "tab_open") && info && map;
      if (!(isBox && map[0] >= behind)) return false;
      [, behind] = map;
      return true;
    });
  }
  /**
   * @param {KbToken[]} boxes
   * @param {string[]} lines
   * @param {string} language
   */
  function without(boxes, lines, language) {
    let at = 0;
    const pieces = boxes.map((token) => {
      const [first, last] = token.map ?? [at, at];
      const piece = [...lines.slice(at, first), ...unboxed(lines, token, language, first === at)];
      at = last;
      return piece;
    });
    return [...pieces.flat(), ...lines.slice(at)];
  }
  /**
   * The lines of a box as a quote, those of a tab as they are, apart from what is around them.
   * @param {string[]} lines
   * @param {KbToken} token
   * @param {string} language
   * @param {boolean} isApart from what is above it, which is a box, too
   */
  function unboxed(lines, token, language, isApart) {
    const [first, last] = token.map ?? [0, 0];
    const at = lines[first].search(MARK);
    const opening = kbBoxes.opening(lines[first].slice(at));
    if (!opening) return lines.slice(first, last);
    const before = lines[first].slice(0, at);
    const around = before.replace(/[^>\t]/g, " ");
    const quote = token.type === "tab_open" ? "" : "> ";
    const inner = lines.slice(first + 1, last).map((line) => quote + dedented(line, around));
    const made = withoutEnd([...title(opening, quote, language), ...inner]);
    const written = made.map((line) => rstrip(around + line));
    const begun = before + (written[0] ?? around).slice(around.length);
    const isJoined = !isApart && hasMore(lines[first - 1]) && !hasMore(before);
    const [above, below] = [isJoined, hasMore(lines[last])].map((is) =>
      is ? [rstrip(around)] : [],
    );
    return [...above, begun, ...written.slice(1), ...below];
  }
  /**
   * @param {NonNullable<ReturnType<typeof kbBoxes.opening>>} opening
   * @param {string} quote
   * @param {string} language
   */
  function title(opening, quote, language) {
    const named = opening.title ?? kbBoxes.defaultTitle(opening.classes[0], language);
    const text = strip(named.replaceAll("**", ""));
    return text ? [`${quote}**${text}**`, quote] : [];
  }
  /** @param {string[]} lines */
  const withoutEnd = (lines) => lines.slice(0, lines.findLastIndex(hasMore) + 1);
  /**
   * A line of a box without what stands before all of it.
   * @param {string} line
   * @param {string} around
   */
  function dedented(line, around) {
    if (!hasMore(line)) return "";
    const rest = line.startsWith(around) ? line.slice(around.length) : kbText.lstrip(line);
    if (rest.startsWith("\t")) return rest.slice(1);
    const blanks = rest.length - rest.replace(/^ +/, "").length;
    return rest.slice(Math.min(blanks, INDENT));
  }

  return { asAllRead };
})();
