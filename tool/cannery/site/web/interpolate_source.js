// Values into the source of Markdown, escaped so that they read back as data: the twin of
//  liquid/interpolate_source.py.
"use strict";

const kbInterpolateSource = (() => {
  const { BREAK, rtrimmed, strip } = kbText;
  const { Url } = kbWording;
  const { isEnd } = kbBareLinks;
  const { CLOSE, MARK, textOf, unmark } = kbLiquidValues;
  const { encode, isOwnText, ONE_LINE_IN, oneLine, valueAt } = kbInterpolate;
  const { continuation, escaped, writtenValue } = kbWrittenValue;
  const TITLE_END = /["'()]/g;
  /**
   * The Markdown source with every value in its place.
   * @param {string} source
   * @param {KbToken[]} tokens of the source, with its markers
   * @param {KbPrinted[]} values
   */
  function interpolateSource(source, tokens, values) {
    const kinds = new Map(kindsOf(tokens));
    const enclosed = encloseAddresses(source, tokens);
    const text = lengthenCodeSpans(lengthenFences(enclosed, tokens, values), kinds, values);
    const pieces = [];
    let end = 0;
    for (const { 0: whole, 1: index, index: at } of text.matchAll(MARK)) {
      // What is nowhere to be seen is where a reference leads to.
      const spot = { kind: kinds.get(index) ?? "address", value: valueAt(index, values) };
      pieces.push(text.slice(end, at), put(text, at, whole.length, spot));
      end = at + whole.length;
    }
    pieces.push(text.slice(end));
    const numbers = [...text.matchAll(MARK)].map(([, index]) => index);
    return kbBesideMarks.besideMarks(pieces, numbers, tokens).join("");
  }
  /**
   * @param {string} text
   * @param {number} at
   * @param {number} length of the marker
   * @param {{ kind: KbSpotKind, value: KbPrinted }} spot
   */
  function put(text, at, length, { kind, value }) {
    const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    const written = textOf(value);
    switch (kind) {
      case "address":
      case "own":
        return encode(value, kind === "own");
      case "code":
        return oneLine(written);
      case "fence":
        return written.replace(BREAK, `\n${continuation(before, true)}`);
      case "title":
        return escaped(oneLine(written), false).replace(TITLE_END, "\\$&");
      default: {
        if (value instanceof Url && kind === "text") return `<${encode(value, true)}>`;
        const after = (text[at + length] ?? "").replace("\n", "");
        return writtenValue(written, kind, before, after);
      }
    }
  }
  /**
   * Bare addresses between < and > of which it is not plain to all where they end: a value in one
   * could end it early; of a letter behind it, other programs may know no better.
   * @param {string} text
   * @param {KbToken[]} tokens
   */
  function encloseAddresses(text, tokens) {
    const bare = tokens.flatMap(({ children }) => bareAddresses(children ?? []));
    if (!bare.length) return text;
    const longest = [...new Set(bare)]
      .sort((one, other) => other.length - one.length)
      .map(quoted)
      .join("|");
    const pattern = new RegExp(`(?<!<)(?<!\\]\\()(?<!\\]: )(?:${longest})`, "g");
    const [links, written] = [counted(bare), counted(text.match(pattern) ?? [])];
    return text.replace(pattern, (address, at) => {
      // Where it stands as code or in a link's words, too, they are left alone.
      const isMet = written.get(address) === links.get(address);
      const after = text.slice(at + address.length, at + address.length + 2);
      const isEnclosed = address.match(MARK) || text[at - 1] === CLOSE;
      return isEnclosed || (isMet && isEnd(after)) ? `<${address}>` : address;
    });
  }
  /** How often each is there. @param {string[]} texts */
  function counted(texts) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
    return counts;
  }
  /** @param {KbToken[]} children */
  const bareAddresses = (children) =>
    children
      .flatMap((token, at) => {
        const isBare = token.type === "link_open" && token.markup === "linkify";
        return isBare ? [children[at + 1]?.content ?? ""] : [];
      })
      .filter((shown) => !shown.startsWith("/"));
  /** @param {string} text */
  const quoted = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  /**
   * @param {string} text
   * @param {KbSpotKind} kind
   * @returns {[string, KbSpotKind][]}
   */
  const marksIn = (text, kind) => [...text.matchAll(MARK)].map((match) => [match[1], kind]);
  /**
   * The marks of a source, and the kind of spot that each stands in.
   * @param {KbToken[]} tokens
   * @returns {[string, KbSpotKind][]}
   */
  const kindsOf = (tokens) =>
    tokens.flatMap(({ children, content, info, type }, at) => {
      if (type === "fence" || type === "code_block") {
        return [...marksIn(content, "fence"), ...marksIn(info, "line")];
      }
      const isOneLine = at > 0 && ONE_LINE_IN.includes(tokens[at - 1].type);
      return inlineKinds(children ?? [], isOneLine ? "line" : "text");
    });
  /**
   * @param {KbToken[]} children
   * @param {KbSpotKind} kind of text that is no link
   * @returns {[string, KbSpotKind][]}
   */
  function inlineKinds(children, kind) {
    let links = 0;
    let isOwn = false;
    return children.flatMap((token) => {
      links += Number(token.type === "link_open") - Number(token.type === "link_close");
      isOwn = isOwnText(token) || (isOwn && links > 0);
      return [
        ...marksIn(token.content, isOwn ? "own" : spotOf(token, links ? "line" : kind)),
        ...inlineKinds(token.children ?? [], "line"),
        ...attributeKinds(token, isOwn),
      ];
    });
  }
  /**
   * @param {KbToken} token
   * @param {KbSpotKind} kind of its text
   * @returns {KbSpotKind}
   */
  function spotOf({ type }, kind) {
    if (type === "text") return kind;
    return type === "code_inline" ? "code" : "line";
  }
  /**
   * @param {KbToken} token
   * @param {boolean} isOwn
   */
  const attributeKinds = ({ attrs }, isOwn) =>
    (attrs ?? []).flatMap(([key, item]) => {
      const isAddress = key === "href" || key === "src";
      const kind = isAddress ? "address" : "title";
      return marksIn(item, isOwn ? "own" : kind);
    });

  /**
   * @param {string} text
   * @param {string} char
   */
  function longestRun(text, char) {
    let longest = 0;
    let run = 0;
    for (const one of text) {
      run = one === char ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
  /**
   * @param {string} text
   * @param {KbToken[]} tokens
   * @param {KbPrinted[]} values
   */
  function lengthenFences(text, tokens, values) {
    const rows = text.split("\n");
    for (const token of tokens) {
      if (token.type !== "fence" || !token.map || !token.content.match(MARK)) continue;
      const [sign] = token.markup;
      const needed = longestRun(unmark(token.content, values), sign) + 1;
      if (needed <= token.markup.length) continue;
      const [start, end] = token.map;
      for (const number of new Set([start, Math.min(end, rows.length) - 1])) {
        rows[number] = rows[number].replace(token.markup, () => sign.repeat(needed));
      }
    }
    return rows.join("\n");
  }
  /**
   * @param {string} source
   * @param {Map<string, KbSpotKind>} kinds
   * @param {KbPrinted[]} values
   */
  function lengthenCodeSpans(source, kinds, values) {
    let text = source;
    for (const [number, kind] of kinds) {
      const value = textOf(valueAt(number, values));
      if (kind !== "code" || !value.includes("`")) continue;
      const at = text.indexOf(`\ue000${number}\ue001`);
      const [start, end] = [text.lastIndexOf("`", at), text.indexOf("`", at)];
      const run = "`".repeat(longestRun(value, "`") + 1);
      const head = rtrimmed(text.slice(0, start), "`");
      const tail = text.slice(end).replace(/^`+/, "");
      text = `${head}${run} ${strip(text.slice(start + 1, end))} ${run}${tail}`;
    }
    return text;
  }

  return { interpolateSource };
})();
