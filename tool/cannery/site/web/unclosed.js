// What a template opens and does not close, with the line where it begins: the twin of
// liquid/unclosed.py. LiquidJS names the piece by its text, and blames an end for an open tag.
"use strict";

const kbUnclosed = (() => {
  const { TypeGuards } = liquidjs;
  /** @typedef {import("liquidjs").TopLevelToken} TopLevelToken */
  /** @typedef {{ reason: string, cure: string, token: KbPlace }} Finding */

  const NESTING = ["capture", "case", "comment", "for", "if", "raw", "unless"];
  const OPEN = /^(?:output|raw|tag) .* not closed/su;
  /** @type {Record<string, string>} */
  const CLOSING = { "{{": "}}", "{%": "%}" };

  /**
   * The error of a parser, told by what is not closed where that is the reason.
   * @param {unknown} error
   * @param {TopLevelToken[]} opened the tokens that are being parsed, the innermost last
   */
  function explained(error, opened) {
    const found = error instanceof Error ? finding(error, opened) : null;
    if (!found) return error;
    const line = found.token.input.slice(0, found.token.begin).split("\n").length;
    return new Error(`${found.reason} (line ${line}). ${found.cure}`, { cause: error });
  }
  /**
   * @param {Error & { token?: KbPlace }} error
   * @param {TopLevelToken[]} opened
   * @returns {Finding | null}
   */
  function finding(error, opened) {
    const { token, message } = error;
    const isOpen = OPEN.test(message);
    const innermost = opened.at(-1);
    if (!innermost) return token && isOpen ? unread(token, message) : null;
    if (swallows(innermost)) return neverEnds(innermost);
    if (!TypeGuards.isTagToken(innermost)) return null;
    return isOpen ? neverClosed(innermost) : wrongEnd(innermost, opened.slice(0, -1));
  }
  /**
   * What the tokenizer finds no end for. It begins `{% raw %}` after its tag.
   * @param {KbPlace} token
   * @param {string} message
   */
  function unread(token, message) {
    if (!message.startsWith("raw")) return neverEnds(token);
    const begin = token.input.lastIndexOf("{%", token.begin - 1);
    return neverClosed({ input: token.input, begin, name: "raw" });
  }
  /** Whether the end that was found is that of a later piece. @param {TopLevelToken} token */
  function swallows(token) {
    return !TypeGuards.isHTMLToken(token) && /\{[{%]/u.test(token.getText().slice(2));
  }
  /**
   * An end that fits no tag, or not the innermost one, which is open still.
   * @param {KbPlace & { name: string }} end
   * @param {TopLevelToken[]} opened
   * @returns {Finding | null}
   */
  function wrongEnd(end, opened) {
    const name = end.name.replace(/^end/u, "");
    if (name === end.name || !NESTING.includes(name)) return null;
    const tags = opened.filter((token) => TypeGuards.isTagToken(token));
    const last = tags.at(-1);
    if (last && tags.some((tag) => tag.name === name)) return neverClosed(last);
    const reason = `\`{% ${end.name} %}\` closes nothing`;
    return { reason, cure: `Remove it, or add {% ${name} %} before it.`, token: end };
  }
  /**
   * @param {KbPlace & { name: string }} token
   * @returns {Finding}
   */
  function neverClosed(token) {
    const { name } = token;
    const cure = `Add {% end${name} %} where it ends.`;
    return { reason: `\`{% ${name} %}\` is never closed`, cure, token };
  }
  /**
   * @param {KbPlace} token
   * @returns {Finding}
   */
  function neverEnds(token) {
    const opening = token.input.slice(token.begin, token.begin + 2);
    const cure = `Add ${CLOSING[opening]} where it ends.`;
    return { reason: `\`${opening}\` is never closed`, cure, token };
  }
  return { explained };
})();
