// Values into the tokens of Markdown, as data: the browser's twin of liquid/interpolate.py.
"use strict";

const kbInterpolate = (() => {
  const { BREAK, strip } = kbText;
  const { Url } = kbWording;
  const { MARK, textOf, unmark } = kbLiquidValues;
  const { changed, EMPTY_TOKEN, ownText, safeAddress, textToken } = kbMarkdown;
  const MAX_PLACED = 1_200_000;
  // What has no room for a second line.
  const ONE_LINE_IN = ["heading_open", "td_open", "th_open", "box_title_open", "tab_title_open"];
  const SAFE_IN_ADDRESS = "/:?=&#@!$'*+,;~%-._";
  const SAFE_IN_PART = "/@-._~!$'*,;%:";

  /** @param {string} text */
  const oneLine = (text) => text.replace(BREAK, " ");
  /**
   * @param {string} index
   * @param {KbPrinted[]} values
   */
  const valueAt = (index, values) => values[Number(index)] ?? "";
  /**
   * @param {KbToken} token
   * @param {string} name
   */
  const attribute = (token, name) => token.attrs?.find(([key]) => key === name)?.[1] ?? "";

  /**
   * The value within an address. In one that is its own text, letters of any script stay.
   * @param {KbPrinted} value
   * @param {boolean} isOwn
   */
  function encode(value, isOwn = false) {
    const text = strip(oneLine(textOf(value))).replace(/%(?![0-9A-Fa-f]{2})/g, "%25");
    const isWhole = value instanceof Url || textOf(value).includes("://");
    const safe = (isWhole ? SAFE_IN_ADDRESS : SAFE_IN_PART) + (isOwn && isWhole ? "()" : "");
    const isKept = (/** @type {string} */ char) =>
      /[A-Za-z0-9_.~-]/.test(char) ||
      safe.includes(char) ||
      (isOwn && char > "\x7f" && char.trim() && strip(char));
    return [...text].map((char) => (isKept(char) ? char : percent(char))).join("");
  }
  /** @param {string} char */
  const percent = (char) =>
    [...new TextEncoder().encode(char)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join("");

  /**
   * The tokens with every value in its place.
   * @param {KbToken[]} tokens
   * @param {KbPrinted[]} values
   */
  function interpolate(tokens, values) {
    refuseGrowth(tokens, values);
    let before = "";
    return tokens.map((token) => {
      const placed = changed(token, {
        content: unmark(token.content, values),
        info: unmark(token.info, values),
      });
      if (token.children) {
        placed.children = [...placeInline(token.children, values, ONE_LINE_IN.includes(before))];
      }
      before = token.type;
      return placed;
    });
  }

  /**
   * A link that is defined once and used a thousand times holds its value a thousand times.
   * @param {KbToken[]} tokens
   * @param {KbPrinted[]} values
   */
  function refuseGrowth(tokens, values) {
    const all = values.reduce((sum, value) => sum + textOf(value).length, 0);
    if (all > MAX_PLACED || placedIn(tokens, values) > MAX_PLACED) {
      throw new Error("the values are too long, and used in too many places");
    }
  }
  /**
   * @param {KbToken[]} tokens
   * @param {KbPrinted[]} values
   */
  function placedIn(tokens, values) {
    let total = 0;
    for (const token of tokens) {
      const attrs = (token.attrs ?? []).map(([, item]) => String(item)); // a list's start is a number
      const texts = [token.content, token.info, ...attrs];
      for (const match of texts.flatMap((text) => [...text.matchAll(MARK)])) {
        total += textOf(valueAt(match[1], values)).length;
      }
      total += placedIn(token.children ?? [], values);
    }
    return total;
  }

  /**
   * @param {KbToken[]} children
   * @param {KbPrinted[]} values
   * @param {boolean} isOneLine
   * @returns {Generator<KbToken>}
   */
  function* placeInline(children, values, isOneLine) {
    let links = 0;
    let shown = ""; // of an address that is its own text
    for (const token of children) {
      links += Number(token.type === "link_open") - Number(token.type === "link_close");
      if (isOwnText(token)) {
        const { href, text } = ownText(placeAddress(attribute(token, "href"), values, true));
        shown = text;
        yield changed(token, { attrs: withHref(token, href) });
      } else if (token.type !== "text") yield placeOther(token, values);
      else if (shown) {
        yield textToken(shown);
        shown = "";
      } else yield* placeText(token.content, values, isOneLine, links > 0);
    }
  }
  /**
   * @param {KbToken} token
   * @param {string} href
   * @returns {[string, string][]}
   */
  const withHref = (token, href) =>
    (token.attrs ?? []).map(([key, item]) => [key, key === "href" ? href : item]);
  /**
   * @param {KbToken} token
   * @param {KbPrinted[]} values
   */
  function placeOther(token, values) {
    /** @type {[string, string][]} */
    const attrs = (token.attrs ?? []).map(([key, item]) => [
      key,
      placeAttribute(key, item, values),
    ]);
    return changed(token, {
      content: oneLine(unmark(token.content, values)),
      attrs: token.attrs && attrs,
      children: token.children && [...placeInline(token.children, values, true)],
    });
  }

  /**
   * @param {string} content
   * @param {KbPrinted[]} values
   * @param {boolean} isOneLine
   * @param {boolean} isLinked
   */
  function* placeText(content, values, isOneLine, isLinked) {
    let end = 0;
    for (const match of content.matchAll(MARK)) {
      if (match.index > end) yield textToken(content.slice(end, match.index));
      end = match.index + match[0].length;
      yield* valueTokens(valueAt(match[1], values), isOneLine, isLinked);
    }
    if (end < content.length) yield textToken(content.slice(end));
  }
  /**
   * @param {KbPrinted} value
   * @param {boolean} isOneLine
   * @param {boolean} isLinked
   * @returns {Iterable<KbToken>}
   */
  function valueTokens(value, isOneLine, isLinked) {
    if (value instanceof Url && !isLinked) return link(encode(value, true));
    if (isOneLine || isLinked) return [textToken(oneLine(textOf(value)))];
    return lines(textOf(value));
  }
  /** @param {string} address @returns {Generator<KbToken>} */
  function* link(address) {
    const { href, text } = ownText(address);
    const ends = { ...EMPTY_TOKEN, tag: "a", info: "auto" };
    yield { ...ends, type: "link_open", nesting: 1, attrs: [["href", href]] };
    yield textToken(text);
    yield { ...ends, type: "link_close", nesting: -1 };
  }
  /** @param {string} value @returns {Generator<KbToken>} */
  function* lines(value) {
    for (const [number, line] of value.split(BREAK).entries()) {
      if (number) yield { ...EMPTY_TOKEN, type: "hardbreak", tag: "br" };
      if (line) yield textToken(line);
    }
  }

  /**
   * @param {string} key
   * @param {string} text
   * @param {KbPrinted[]} values
   */
  function placeAttribute(key, text, values) {
    if (key !== "href" && key !== "src") return oneLine(unmark(text, values));
    return text.match(MARK) ? placeAddress(text, values) : text;
  }
  /** Whether it opens a link whose text is its address, with a value in it. @param {KbToken} token */
  const isOwnText = (token) =>
    token.type === "link_open" &&
    token.info === "auto" &&
    Boolean(attribute(token, "href").match(MARK));
  /**
   * @param {string} text
   * @param {KbPrinted[]} values
   * @param {boolean} isOwn
   */
  function placeAddress(text, values, isOwn = false) {
    const address = text.replace(MARK, (_, index) => encode(valueAt(index, values), isOwn));
    if (!safeAddress(address)) {
      throw new Error(`${address.slice(0, 200)} is not a valid link address`);
    }
    return address;
  }

  return { encode, interpolate, isOwnText, ONE_LINE_IN, oneLine, valueAt };
})();
