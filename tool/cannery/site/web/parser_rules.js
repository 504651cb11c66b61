// The rules of markdown-it that ours go around; and one of them, by which `--` below a line underlines
// nothing: it parts a signature off. A part of the twin of content/blanks.py.
"use strict";

const kbParserRules = (() => {
  /**
   * One of a parser's rules.
   * @param {object} ruler
   * @param {string} name
   */
  function ruleOf(ruler, name) {
    /** @type {{ __rules__?: { name: string, fn: (...given: unknown[]) => boolean }[] }} */
    const { __rules__: rules } = ruler;
    const rule = rules?.find((one) => one.name === name);
    if (!rule) throw new Error(`markdown-it lacks the rule ${name}`);
    return rule.fn;
  }
  /** @param {import("markdown-it").MarkdownIt} md */
  function extend(md) {
    const underlined = ruleOf(md.block.ruler, "lheading");
    md.block.ruler.at("lheading", (state, first, end, isSilent) => {
      if (!underlined(state, first, end, isSilent)) return false;
      const line = kbBoxes.textOf(state, state.line - 1);
      if (!/^--[ \t]*$/.test(line)) return true;
      state.tokens.splice(-3);
      state.line = first;
      return false;
    });
  }

  return { extend, ruleOf };
})();
