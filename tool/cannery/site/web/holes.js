// What looks like a hole in an author's text, such as [Name]: the twin of content/holes.py.
"use strict";

const kbHoles = (() => {
  const { MARK } = kbLiquidValues;
  const VALUE = "\ue002"; // stands for a value
  const CODE = "\ue003"; // and for code, which shows what it shows
  const OPEN_ADDRESS = /[{}<>$#]|XXX|__/;
  const BARE_ADDRESS = /^[A-Z][A-Z_-]+$/;
  const MOST = 200;

  /** @type {RegExp[]} */
  const patterns = [];
  /** The rows of holes.json as patterns, made once. */
  function ready() {
    if (!patterns.length) patterns.push(...kbShared.holes.map(compiled));
    return patterns;
  }
  /** @param {typeof kbShared.holes[number]} row */
  const compiled = (row) => new RegExp(row.pattern, `g${ignoring(row)}${row.multiline ? "m" : ""}`);
  /** @param {typeof kbShared.holes[number]} row */
  const ignoring = (row) => (row.ignoreCase ? "i" : "");

  /**
   * The holes in a plain text; markers in it stand for values.
   * @param {string} written
   */
  function inText(written) {
    const text = written.replace(MARK, VALUE);
    const covered = new Uint8Array(text.length);
    /** @type {[number, string][]} */
    const found = [];
    for (const pattern of ready()) {
      for (const { 0: hole, index } of text.matchAll(pattern)) {
        const room = covered.subarray(index, index + hole.length);
        if (room.some(Boolean)) continue;
        room.fill(1);
        found.push([index, hole]);
      }
    }
    return found
      .sort(([one], [other]) => one - other)
      .slice(0, MOST)
      .map(([, hole]) => hole);
  }

  /**
   * The holes in what Markdown's tokens show.
   * @param {KbToken[]} tokens
   * @returns {string[]}
   */
  const inTokens = (tokens) =>
    tokens
      .filter((token) => token.type === "inline")
      .flatMap((token) => texts(token.children ?? []).flatMap(inText))
      .slice(0, MOST);

  /** What inline tokens show, as one text; and each address that was not finished. @param {KbToken[]} children */
  function texts(children) {
    const addresses = children
      .filter((token) => token.type === "link_open")
      .flatMap((token) => unfinished(address(token)));
    return [...addresses, children.map(shown).join("")];
  }
  /** @param {KbToken} token */
  function shown(token) {
    if (token.type === "softbreak" || token.type === "hardbreak") return "\n";
    if (token.type === "code_inline") return CODE;
    if (token.type === "strong_open" || token.type === "strong_close") {
      return token.markup === "__" ? "__" : "";
    }
    return token.content;
  }
  /** @param {KbToken} token */
  function address(token) {
    const [, href] = token.attrs?.find(([name]) => name === "href") ?? ["", ""];
    try {
      return decodeURIComponent(href);
    } catch {
      return href; // with a % that begins no code
    }
  }
  /** LINK and https://example.com/${id} are no addresses yet. @param {string} written */
  function unfinished(written) {
    if (BARE_ADDRESS.test(written)) return [`<${written}>`];
    return OPEN_ADDRESS.test(written.split("#", 1)[0]) ? [written] : [];
  }

  /**
   * The holes in the defaults that are shown as their author wrote them.
   * @param {KbField[]} fields
   * @param {Record<string, unknown>} values
   * @param {string} text
   */
  const inDefaults = (fields, values, text) =>
    fields
      .map(({ name, default: written }) => [values[name], kbText.strip(written ?? "")])
      .filter(([value, written]) => written && value === written && text.includes(`${written}`))
      .flatMap(([, written]) => inText(`${written}`));

  return { inDefaults, inText, inTokens };
})();
