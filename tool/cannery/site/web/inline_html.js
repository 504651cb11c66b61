// Rules for markdown-it: the few elements of HTML that a text may have, the browser's twin of
// content/inline_html.py.
"use strict";

const kbInlineHtml = (() => {
  const { strip } = kbText;
  const BREAK = "<br>"; // the markup of a break that ends no line of the source
  const PAIRED = /<(kbd|sub|sup)>/y;
  const IS_BREAK = /<br[ \t]{0,9}\/?>/y;
  const MOST = 20; // tags in tags, as markdown-it's preset has it
  const LONGEST = 1000; // characters between two tags
  const DETAILS = /^<details( open(?:=""|="open")?)?>/;
  const [SUMMARY, SUMMARY_END, END] = ["<summary>", "</summary>", "</details>"];
  const ENDS = ["paragraph", "reference", "blockquote"];

  /**
   * @param {RegExp} pattern a sticky one
   * @param {import("markdown-it").StateInline} state
   */
  function matchAt(pattern, { pos, posMax, src }) {
    pattern.lastIndex = pos;
    const found = pattern.exec(src);
    return found && pattern.lastIndex <= posMax ? found : null;
  }
  /**
   * Take in a break, or words between two tags.
   * @param {import("markdown-it").StateInline} state
   * @param {boolean} isSilent
   */
  function inlineHtml(state, isSilent) {
    const broken = matchAt(IS_BREAK, state);
    if (broken) {
      if (!isSilent) state.push("hardbreak", "br", 0).markup = BREAK;
      state.pos += broken[0].length;
      return true;
    }
    const found = matchAt(PAIRED, state);
    if (!found || state.level >= MOST) return false;
    const [closing, start] = [`</${found[1]}>`, state.pos + found[0].length];
    const last = Math.min(state.posMax, start + LONGEST);
    const at = state.src.slice(start, last).indexOf(closing);
    if (at < 0) return false;
    if (!isSilent) pushPair(state, found[1], start, start + at);
    state.pos = start + at + closing.length;
    return true;
  }
  /** What is known of code in the text. @param {object} state */
  function known(state) {
    /** @type {{ backticks?: object, backticksScanned?: boolean }} */
    const { backticks, backticksScanned } = state;
    return { backticks, backticksScanned };
  }
  /**
   * @param {import("markdown-it").StateInline} state
   * @param {string} tag
   * @param {number} start
   * @param {number} end
   */
  function pushPair(state, tag, start, end) {
    const { posMax, src } = state;
    // markdown-it looks for the end of code in all of the text, and remembers what it found.
    const { backticks, backticksScanned } = known(state);
    const inside = { backticks: {}, backticksScanned: false, src: src.slice(0, end) };
    Object.assign(state, { ...inside, pos: start, posMax: end });
    state.push(`${tag}_open`, tag, 1);
    state.md.inline.tokenize(state);
    state.push(`${tag}_close`, tag, -1);
    Object.assign(state, { backticks, backticksScanned, posMax, src });
  }

  /** @param {import("markdown-it").StateBlock} state @param {number} line */
  const textOf = (state, line) => strip(kbBoxes.textOf(state, line));
  /**
   * Take in what a reader opens with a click.
   * @param {import("markdown-it").StateBlock} state
   * @param {number} first
   * @param {number} end
   * @param {boolean} isSilent
   */
  function details(state, first, end, isSilent) {
    const text = textOf(state, first);
    const found = DETAILS.exec(text);
    if (!found || kbBoxes.isCode(state, first)) return false;
    const last = endsOf(state).get(first) ?? end;
    if (last >= end || state.sCount[last] < state.blkIndent) return false;
    const { rest, start } = summaryAt(state, first, last, strip(text.slice(found[0].length)));
    if (!(rest.startsWith(SUMMARY) && rest.endsWith(SUMMARY_END))) return false;
    if (!isSilent) {
      const title = strip(rest.slice(SUMMARY.length).slice(0, -SUMMARY_END.length));
      pushDetails(state, title, { first, start, last });
    }
    return true;
  }
  /**
   * The line with the summary, and the line behind it.
   * @param {import("markdown-it").StateBlock} state
   * @param {number} first
   * @param {number} last
   * @param {string} rest of the first line
   */
  const summaryAt = (state, first, last, rest) =>
    !rest && first + 1 < last
      ? { rest: textOf(state, first + 1), start: first + 2 }
      : { rest, start: first + 1 };
  /**
   * @param {import("markdown-it").StateBlock} state
   * @param {string} title
   * @param {{ first: number, start: number, last: number }} lines
   */
  function pushDetails(state, title, { first, start, last }) {
    state.push("box_open", "details", 1).map = [first, last + 1];
    kbBoxes.pushTitle(state, "box", title, start - 1);
    const { lineMax, parentType } = state;
    state.lineMax = last;
    state.parentType = "paragraph";
    state.md.block.tokenize(state, start, last);
    Object.assign(state, { lineMax, parentType });
    state.line = last + 1;
    state.push("box_close", "details", -1);
  }
  /**
   * The line that ends each `<details>`, by the line that begins it: looked for once a text.
   * @param {import("markdown-it").StateBlock} state
   * @returns {Map<number, number>}
   */
  function endsOf(state) {
    const env = /** @type {{ details?: Map<number, number> }} */ (state.env);
    env.details ??= foundEnds(state);
    return env.details;
  }
  /** @param {import("markdown-it").StateBlock} state */
  function foundEnds(state) {
    const ends = new Map();
    /** @type {number[]} */
    const opened = [];
    for (const { line, text } of linesBeyondCode(state)) {
      if (DETAILS.test(text)) opened.push(line);
      else if (text === END && opened.length) ends.set(opened.pop(), line);
    }
    return ends;
  }
  /** @param {import("markdown-it").StateBlock} state */
  function* linesBeyondCode(state) {
    let fence = "";
    for (let line = 0; line < state.bMarks.length - 1; line += 1) {
      const text = textOf(state, line);
      if (isFence(text, fence)) fence = fence ? "" : text.slice(0, 3);
      else if (!fence) yield { line, text };
    }
  }
  /**
   * Whether a line begins a block of code, or ends the one that `open` has begun.
   * @param {string} text
   * @param {string} open
   */
  const isFence = (text, open) => (open ? [open] : ["```", "~~~"]).includes(text.slice(0, 3));

  /** @param {import("markdown-it").MarkdownIt} md */
  function extend(md) {
    md.inline.ruler.before("html_inline", "kb_html", inlineHtml);
    md.block.ruler.before("fence", "details", details, { alt: ENDS });
  }

  return { BREAK, extend };
})();
