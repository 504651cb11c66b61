// Footnotes for markdown-it: `[^name]`, and `[^name]: text` anywhere in the text. The browser's twin
// of content/footnotes.py.
"use strict";

const kbFootnotes = (() => {
  const { ruleOf } = kbParserRules;
  const MAX_LABEL = 200;

  /** @param {import("markdown-it").MarkdownIt} md */
  function extend(md) {
    md.use(markdownitFootnote);
    md.disable("footnote_inline");
    const reference = ruleOf(md.inline.ruler, "footnote_ref");
    const definition = ruleOf(md.block.ruler, "footnote_def");
    // The plugin looks for the end of a name to the end of the text, from each that begins.
    md.inline.ruler.at("footnote_ref", (state, isSilent) => {
      const { pos, src } = state;
      if (!src.startsWith("[^", pos)) return false;
      return src.slice(pos, pos + MAX_LABEL).includes("]") && reference(state, isSilent);
    });
    // It loses a footnote that another one is written in: there is none.
    md.block.ruler.at(
      "footnote_def",
      (state, first, end, isSilent) => {
        const { isInFootnote = false } = state.env;
        if (isInFootnote && state.sCount[first] >= state.blkIndent) return false;
        if (kbBoxes.isCode(state, first)) return false;
        state.env.isInFootnote = isInFootnote || !isSilent;
        const isOne = definition(state, first, end, isSilent);
        state.env.isInFootnote = isInFootnote;
        return isOne;
      },
      { alt: ["paragraph", "reference"] },
    );
  }

  return { extend };
})();
