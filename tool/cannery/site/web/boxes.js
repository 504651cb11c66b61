// A rule for markdown-it: boxes (`!!! note`, `??? tip`) and tabs (`=== "Name"`), the browser's twin
// of content/boxes.py.
"use strict";

const kbBoxes = (() => {
  const { strip } = kbText;
  const MARK = /^(!!!|\?\?\?\+?|===[!+]{0,2})[ \t]/;
  const WORDS = /^[\p{L}\p{N}_ \t-]*$/u;
  const INDENT = 4;
  const ENDS = ["paragraph", "reference", "blockquote", "list"];

  /**
   * What a line opens, without the blanks before it: its mark, its classes, and the title it names.
   * @param {string} line
   */
  function opening(line) {
    const mark = MARK.exec(line)?.[1];
    if (mark === undefined) return null;
    const [words, ...quoted] = strip(line.slice(mark.length + 1)).split('"');
    const rest = quoted.length ? quoted.join('"') : null;
    if (!WORDS.test(words) || rest?.endsWith('"') === false) return null;
    const [classes, title] = [kbText.words(words.toLowerCase()), rest?.slice(0, -1) ?? null];
    return isOpening(mark, classes, title) ? { mark, classes, title } : null;
  }
  /**
   * @param {string} mark
   * @param {string[]} classes
   * @param {string | null} title
   */
  function isOpening(mark, classes, title) {
    if (mark.startsWith("=")) return title !== null && !classes.length;
    return classes.length > 0 || (title !== null && mark !== "!!!");
  }
  /**
   * The title of a box that names none: what its kind is called in a language.
   * @param {string} kind
   * @param {string} language
   */
  function defaultTitle(kind, language) {
    const known = kbShared.words.boxes[language.split("-", 1)[0].toLowerCase()] ?? {};
    return Object.hasOwn(known, kind) ? known[kind] : capitalized(kind);
  }
  /** @param {string} word */
  function capitalized(word) {
    const [first = ""] = word;
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  }

  /** @param {import("markdown-it").StateBlock} state @param {number} line */
  const textOf = (state, line) =>
    state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
  /** @param {import("markdown-it").StateBlock} state @param {number} line */
  const isCode = (state, line) => state.sCount[line] - state.blkIndent >= INDENT;

  /**
   * Take in a box that begins in line `first`; `isSilent` asks only whether one does.
   * @param {import("markdown-it").StateBlock} state
   * @param {number} first
   * @param {number} end
   * @param {boolean} isSilent
   */
  function box(state, first, end, isSilent) {
    if (isCode(state, first)) return false;
    const found = opening(textOf(state, first));
    if (!found) return false;
    const extent = extentOf(state, first, end);
    if (found.title === null && extent.last === first + 1) return false;
    if (!isSilent) takeIn(state, found, first, extent);
    return true;
  }
  /**
   * @param {import("markdown-it").StateBlock} state
   * @param {{ mark: string, classes: string[], title: string | null }} found
   * @param {number} first
   * @param {{ indent: number, last: number }} extent
   */
  function takeIn(state, found, first, { indent, last }) {
    const name = found.mark.startsWith("=") ? "tab" : "box";
    const token = state.push(`${name}_open`, "div", 1);
    token.map = [first, last];
    token.info = found.mark;
    const title = found.title ?? defaultTitle(found.classes[0], String(state.env.language ?? ""));
    if (title) pushTitle(state, name, title, first);
    const { blkIndent, lineMax, parentType } = state;
    state.blkIndent = indent;
    state.lineMax = last;
    state.parentType = "paragraph";
    state.md.block.tokenize(state, first + 1, last);
    Object.assign(state, { blkIndent, lineMax, parentType });
    state.line = last;
    state.push(`${name}_close`, "div", -1);
  }
  /**
   * @param {import("markdown-it").StateBlock} state
   * @param {string} name
   * @param {string} title
   * @param {number} line
   */
  function pushTitle(state, name, title, line) {
    state.push(`${name}_title_open`, "p", 1);
    const inline = state.push("inline", "", 0);
    inline.content = title;
    inline.map = [line, line + 1];
    inline.children = [];
    state.push(`${name}_title_close`, "p", -1);
  }
  /**
   * How far what is inside is indented, and the line behind the last of it.
   * @param {import("markdown-it").StateBlock} state
   * @param {number} first
   * @param {number} end
   */
  function extentOf(state, first, end) {
    const least = state.blkIndent + INDENT;
    let [indent, last] = [0, first + 1];
    for (let line = first + 1; line < end; line += 1) {
      if (state.isEmpty(line)) continue;
      if (state.sCount[line] < (indent || least)) break;
      indent ||= Math.min(state.sCount[line], state.sCount[first] + INDENT);
      last = line + 1;
    }
    return { indent: indent || least, last };
  }

  /** @param {import("markdown-it").MarkdownIt} md */
  function extend(md) {
    md.block.ruler.before("fence", "box", box, { alt: ENDS });
  }

  return { defaultTitle, extend, isCode, opening, pushTitle, textOf };
})();
