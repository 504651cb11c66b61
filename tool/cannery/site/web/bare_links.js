// Where an address ends that stands in a text without brackets: the browser's twin of
// content/bare_links.py.
"use strict";

const kbBareLinks = (() => {
  // biome-ignore-start lint/security/noSecrets: classes of letters
  // Quotation marks, dashes, arrows, signs and emoji, too: no address has them as they are.
  const SIGNS =
    "\\\\\\u00a1-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u2bff\\u{1f000}-\\u{1faff}";
  const LETTERS =
    "\\u3005-\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  // biome-ignore-end lint/security/noSecrets: classes of letters
  const MOST = 4096; // characters of an address that are looked at
  const IS_SIGN = new RegExp(`^[${SIGNS}]`, "u");
  /** Whether a text begins with what ends an address. @param {string} text */
  const isEnd = (text) =>
    IS_SIGN.test(text) || kbEmphasis.IS_WIDE.test(text) || text.startsWith("[^"); // a footnote
  // A host with a part that begins with a wide letter; its last part is plain, or something plain follows.
  const WIDE_HOST = new RegExp(
    `^(?://|[A-Za-z0-9_.+-]{1,64}@)(?:[A-Za-z0-9-]{1,63}\\.){0,9}(?=[${LETTERS}])(?:(?:[A-Za-z0-9${LETTERS}-]{1,63})\\.){1,9}(?:[A-Za-z][A-Za-z0-9-]{1,62}|[${LETTERS}]{1,63}(?=[/:?#\\x20\\t\\n]|$))`,
    "u",
  );

  /**
   * Where the address ends at the latest whose scheme ends at `start`.
   * @param {string} text
   * @param {number} start
   */
  function end(text, start) {
    const host = WIDE_HOST.exec(text.slice(start, start + MOST))?.[0] ?? "";
    const last = Math.min(text.length, start + MOST);
    for (let at = start + host.length; at < last; at += 1) {
      if (isEnd(text.slice(at, at + 2))) return at;
    }
    return text.length;
  }
  /** The parser finds addresses each up to where it ends for us. @param {import("markdown-it").MarkdownIt} md */
  function extend(md) {
    const { linkify } = md;
    const { testSchemaAt } = linkify;
    // `order.ts` or `v1.in` in a support reply is a file or a version, not a web site.
    linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
    linkify.testSchemaAt = (text, name, at) => {
      let length = testSchemaAt.call(linkify, text.slice(0, end(text, at)), name, at);
      // At its end they are Markdown's.
      while (length && "*_~".includes(text[at + length - 1])) length -= 1;
      return length;
    };
  }

  return { extend, isEnd, LETTERS, SIGNS };
})();
