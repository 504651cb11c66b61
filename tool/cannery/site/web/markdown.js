// Markdown as tokens and as nested nodes: the browser's twin of content/markdown.py, whose
// `_new_parser` is `newParser` here.
"use strict";

const kbMarkdown = (() => {
  const { codePoint, isIn, strip } = kbText;
  const PRIVATE = /[\ue000-\uf8ff]/;
  const SCHEMES = ["http:", "https:", "mailto:", "tel:", "ftp:"];

  function newParser() {
    const md = new markdownit("commonmark", { linkify: true, html: false });
    md.enable(["table", "strikethrough", "linkify"]);
    const ofBlocks = [kbParserRules, kbSigns, kbBoxes, kbFootnotes];
    for (const rules of [...ofBlocks, kbInlineHtml, kbEmphasis, kbBareLinks]) rules.extend(md);
    // A marker in an address stays as it is: the value is encoded when it takes its place.
    const { normalizeLink, normalizeLinkText } = md;
    md.normalizeLink = (url) => (PRIVATE.test(url) ? url : normalizeLink.call(md, url));
    md.normalizeLinkText = (url) => (PRIVATE.test(url) ? url : normalizeLinkText.call(md, url));
    return md;
  }
  /** @type {ReturnType<typeof newParser> | null} */
  let shared = null;
  function parser() {
    shared ??= newParser();
    return shared;
  }
  /**
   * The blocks of a text in their order, footnotes where they stand.
   * @param {string} text
   * @returns {KbToken[]}
   */
  function blocks(text) {
    const md = newParser();
    md.core.ruler.enableOnly(["normalize", "block", "signs"]);
    return /** @type {KbToken[]} */ (md.parse(text, {}));
  }
  /**
   * The tokens of a text. Boxes that have no title of their own have one in the language.
   * @param {string} text
   * @returns {KbToken[]}
   */
  const parse = (text, language = "") =>
    /** @type {KbToken[]} */ (parser().parse(text, { language }));

  /** What an address that is its own text leads to, and how it reads. @param {string} address */
  function ownText(address) {
    return {
      href: parser().normalizeLink(address),
      text: parser().normalizeLinkText(address),
    };
  }

  /**
   * Whether an address leads to a page, a mailbox or a telephone, and runs nothing.
   * @param {string} address
   */
  function safeAddress(address) {
    const whole = strip(address).toLowerCase();
    const [head] = whole.split(/[/?#]/, 1);
    return !head.includes(":") || SCHEMES.some((scheme) => whole.startsWith(scheme));
  }

  /** @type {KbToken} */
  const EMPTY_TOKEN = {
    type: "text",
    tag: "",
    content: "",
    info: "",
    markup: "",
    nesting: 0,
    hidden: false,
    map: null,
    attrs: null,
    children: null,
    meta: null,
  };
  /** @param {string} content @returns {KbToken} */
  const textToken = (content) => ({ ...EMPTY_TOKEN, content });
  /**
   * @param {KbToken} token
   * @param {Partial<KbToken>} changes
   * @returns {KbToken}
   */
  const changed = (
    { type, tag, content, info, markup, nesting, hidden, map, attrs, children, meta },
    changes,
  ) => ({
    type,
    tag,
    content,
    info,
    markup,
    nesting,
    hidden,
    map,
    attrs,
    children,
    meta,
    ...changes,
  });

  /** The tokens as nested nodes; `inline` wrappers and soft breaks are dissolved. @param {KbToken[]} tokens */
  const tree = (tokens) => nodes(tokens[Symbol.iterator]());
  /** @param {Iterator<KbToken>} tokens @returns {KbNode[]} */
  function nodes(tokens) {
    const all = [];
    for (let step = tokens.next(); !step.done; step = tokens.next()) {
      if (step.value.nesting < 0) break;
      all.push(...nodesOf(step.value, tokens));
    }
    return all;
  }
  /**
   * @param {KbToken} token
   * @param {Iterator<KbToken>} rest
   */
  function nodesOf(token, rest) {
    const inner = token.children ?? [];
    if (token.type === "inline") return tree(withoutSoftBreaks(inner));
    return [node(token, token.nesting > 0 ? nodes(rest) : tree(withoutSoftBreaks(inner)))];
  }
  /**
   * @param {KbToken} token
   * @param {KbNode[]} children
   */
  const node = (token, children) => ({
    // An escaped sign in a picture's words is not joined to the text around it.
    type: token.type.replace(/_open$/, "").replace("text_special", "text"),
    content: token.content,
    children,
    attrs: Object.fromEntries((token.attrs ?? []).map(([key, item]) => [key, String(item)])),
    tag: token.tag,
    info: token.info,
    hidden: token.hidden,
    meta: token.meta ?? {},
  });
  /**
   * A line end in the source is a space, but nothing between two Chinese or Japanese letters. Nor is
   * it one behind a break.
   * @param {KbToken[]} children
   */
  function withoutSoftBreaks(children) {
    /** @type {KbToken[]} */
    const all = [];
    let before = "";
    /** What stands between a soft break and the next text. @type {KbToken[] | null} */
    let pending = null;
    for (const token of children.filter(isNoRest)) {
      if (token.type === "softbreak") pending ??= [];
      else (pending ?? all).push(token);
      if (pending && token.content) {
        all.push(...spaceBetween(before, token.content), ...pending);
        pending = null;
      }
      before = token.content || before;
    }
    return [...all, ...(pending ?? [])];
  }
  /**
   * Whether it is more than the line end behind a break.
   * @param {KbToken} token
   * @param {number} at
   * @param {KbToken[]} all
   */
  const isNoRest = ({ type }, at, all) =>
    !(type === "softbreak" && at > 0 && all[at - 1].type === "hardbreak");
  /**
   * @param {string} before
   * @param {string} after
   */
  const spaceBetween = (before, after) =>
    isWide([...before].at(-1)) && isWide([...after][0]) ? [] : [textToken(" ")];
  /** @param {string | undefined} char */
  const isWide = (char) => Boolean(char) && isIn(kbShared.widths.letters, codePoint(char ?? ""));

  return { blocks, changed, EMPTY_TOKEN, ownText, parse, safeAddress, textToken, tree };
})();
