// A rule for markdown-it: what the first or the last words of a block say of it, the browser's twin
// of content/signs.py and of split_id in content/anchors.py.
"use strict";

const kbSigns = (() => {
  const { rstrip } = kbText;
  const TASK = /^\[([ xX])\][ \t]+(?=[^ \t\n])/;
  const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/i;
  const EXPLICIT = /(?<!\\)\{:?\s{0,9}#([\p{L}\p{N}_.:-]+)\s{0,9}\}(?=\s*(?:$|<!--|\{\/\*))/gu;
  const COMMENT = /^\s*(?:<!--(?:(?!-->).){0,500}-->|\{\/\*(?:(?!\*\/\}).){0,500}\*\/\})/u;

  /**
   * A heading's source without the `{#id}` at its end, and that id; only comments are behind it.
   * @param {string} text
   */
  function splitId(text) {
    for (const found of text.matchAll(EXPLICIT)) {
      const rest = text.slice(found.index + found[0].length);
      if (isComments(rest)) {
        return { text: rstrip(text.slice(0, found.index)) + rstrip(rest), id: found[1] };
      }
    }
    return { text, id: "" };
  }
  /** @param {string} text */
  function isComments(text) {
    let rest = text;
    for (let found = COMMENT.exec(rest); found; found = COMMENT.exec(rest)) {
      rest = rest.slice(found[0].length);
    }
    return !kbText.strip(rest);
  }

  /** Look at each block, before what is in it is read. @param {import("markdown-it").StateCore} state */
  function signs(state) {
    const { tokens } = state;
    for (const [at, token] of tokens.entries()) {
      if (token.type === "heading_open") ofHeading(token, tokens[at + 1]);
      const isParagraph = tokens[at + 1]?.type === "paragraph_open";
      if (token.type === "list_item_open" && isParagraph) ofItem(token, tokens[at + 2]);
    }
    if (tokens.some(({ type }) => type === "blockquote_open")) state.tokens = withAlerts(state);
  }
  /**
   * @param {import("markdown-it").Token} heading
   * @param {import("markdown-it").Token} inline
   */
  function ofHeading(heading, inline) {
    const { id, text } = splitId(inline.content);
    if (!id) return;
    heading.meta = { id };
    inline.content = text;
  }
  /**
   * @param {import("markdown-it").Token} item
   * @param {import("markdown-it").Token} inline
   */
  function ofItem(item, inline) {
    const found = TASK.exec(inline.content);
    if (!found) return;
    item.meta = { checked: found[1] !== " " };
    inline.content = inline.content.slice(found[0].length);
  }

  /** @param {import("markdown-it").StateCore} state */
  function withAlerts({ env, Token, tokens }) {
    const empty = madeAlerts(tokens);
    const language = String(env.language ?? "");
    return tokens.flatMap((token) => {
      if (empty.has(token)) return [];
      return token.type === "alert_open" ? [token, ...title(token, language, Token)] : [token];
    });
  }
  /**
   * Make alerts of quotes that begin with a mark; which tokens are left empty by that.
   * @param {import("markdown-it").Token[]} tokens
   */
  function madeAlerts(tokens) {
    /** @type {import("markdown-it").Token[]} */
    const quotes = [];
    /** @type {import("markdown-it").Token[]} */
    const empty = [];
    for (const [at, token] of tokens.entries()) {
      if (token.type === "blockquote_open") {
        quotes.push(token);
        empty.push(...asAlert(tokens.slice(at, at + 4)));
      } else if (token.type === "blockquote_close" && quotes.pop()?.type === "alert_open") {
        Object.assign(token, { type: "alert_close", tag: "div" });
      }
    }
    return new Set(empty);
  }
  /**
   * Make an alert of a quote that begins with its mark; what is left empty of its paragraph.
   * @param {import("markdown-it").Token[]} tokens that the quote begins with
   */
  function asAlert([quote, first, inline, last]) {
    const mark = first.type === "paragraph_open" ? ALERT.exec(inline.content) : null;
    if (!mark) return [];
    Object.assign(quote, { type: "alert_open", tag: "div", meta: { kind: mark[1].toLowerCase() } });
    inline.content = inline.content.slice(mark[0].length);
    if (!(inline.content && inline.map)) return [first, inline, last];
    inline.map = [inline.map[0] + 1, inline.map[1]];
    first.map = inline.map;
    return [];
  }
  /**
   * @param {import("markdown-it").Token} alert
   * @param {string} language
   * @param {typeof import("markdown-it").Token} Token
   */
  function title(alert, language, Token) {
    const inline = new Token("inline", "", 0);
    inline.content = kbBoxes.defaultTitle(String(alert.meta?.kind), language);
    inline.children = [];
    inline.map = alert.map;
    return [new Token("alert_title_open", "p", 1), inline, new Token("alert_title_close", "p", -1)];
  }

  /** @param {import("markdown-it").MarkdownIt} md */
  function extend(md) {
    md.core.ruler.after("block", "signs", signs);
  }

  return { extend, splitId };
})();
