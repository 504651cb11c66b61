// Values into Markdown as data: the browser's twin of liquid/interpolate.py and content/markdown.py.
"use strict";

(() => {
  const { Url, rtrimmed, strip } = cannery.words;
  const { MARK, textOf, unmark } = cannery.template;
  const CLOSE = "\ue001";
  const PRIVATE = /[\ue000-\uf8ff]/;
  const SCHEMES = ["http:", "https:", "mailto:", "tel:", "ftp:"];
  // Without its slash or its colon, no address is one that stands for itself.
  const MARKUP = /[\\`*_[\]<>&~|]|\/(?=\/)|(?<=mailto):/gi;
  const TITLE_END = /["'()]/g;
  const ADDRESS_END = /[:@]/g;
  // What an author has begun there: an address, which a value could make one of its own.
  const BEGUN = /(?:<|mailto:)[^\s<>]*$/i;
  const MAX_PLACED = 1_200_000;
  const NEAR = 300; // characters before a value that an address may begin in
  const BLOCK_START = /^(?:([-+#=])|(\d{1,9})([.)]))/gm;
  const CONTAINERS = /^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*/;
  const BREAK = /\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/g;
  const ONE_LINE_IN = ["heading_open", "td_open", "th_open"];

  function parser() {
    const md = markdownit("commonmark", { linkify: true, html: false });
    md.enable(["table", "strikethrough", "linkify"]);
    md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
    const { normalizeLink, normalizeLinkText } = md;
    md.normalizeLink = (url) => (PRIVATE.test(url) ? url : normalizeLink.call(md, url));
    md.normalizeLinkText = (url) => (PRIVATE.test(url) ? url : normalizeLinkText.call(md, url));
    return md;
  }
  let reader = null;
  const parse = (text) => (reader ??= parser()).parse(text, {});

  const oneLine = (text) => text.replace(BREAK, " ");
  const plain = (text, values) => unmark(text, values);
  const valueAt = (index, values) => values[Number(index)] ?? "";

  /** Whether an address leads to a page, a mailbox or a telephone, and runs nothing. */
  function safeAddress(address) {
    const whole = strip(address).toLowerCase();
    const [head] = whole.split(/[/?#]/, 1);
    return !head.includes(":") || SCHEMES.some((scheme) => whole.startsWith(scheme));
  }

  const SAFE_IN_ADDRESS = "/:?=&#@!$'*+,;~%-._";
  const SAFE_IN_PART = "/@-._~!$'*,;%:";
  /** The value within an address. In one that is its own text, letters of any script stay. */
  function encode(value, isOwn = false) {
    const text = strip(oneLine(textOf(value))).replace(/%(?![0-9A-Fa-f]{2})/g, "%25");
    const isWhole = value instanceof Url || textOf(value).includes("://");
    const safe = (isWhole ? SAFE_IN_ADDRESS : SAFE_IN_PART) + (isOwn && isWhole ? "()" : "");
    const stays = (char) =>
      /[A-Za-z0-9_.~-]/.test(char) || safe.includes(char) || (isOwn && char > "\x7f" && char.trim() && strip(char));
    return [...text].map((char) => (stays(char) ? char : percent(char))).join("");
  }
  const percent = (char) =>
    [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

  const textToken = (content) => ({ type: "text", content, attrs: null, children: null });
  const copied = (token, changes) => Object.assign(Object.create(Object.getPrototypeOf(token)), token, changes);

  /** The tokens with every value in its place. */
  function place(tokens, values) {
    refuseGrowth(tokens, values);
    let before = "";
    return tokens.map((token) => {
      const placed = copied(token, { content: plain(token.content, values), info: plain(token.info, values) });
      if (token.children) {
        placed.children = [...placeInline(token.children, values, ONE_LINE_IN.includes(before))];
      }
      before = token.type;
      return placed;
    });
  }

  /** A link that is defined once and used a thousand times holds its value a thousand times. */
  function refuseGrowth(tokens, values) {
    const all = values.reduce((sum, value) => sum + textOf(value).length, 0);
    if (all > MAX_PLACED || placedIn(tokens, values) > MAX_PLACED) throw new Error("the values stand in too many places, and are too long");
  }
  function placedIn(tokens, values) {
    let total = 0;
    for (const token of tokens) {
      const texts = [token.content, token.info ?? "", ...(token.attrs ?? []).map(([, item]) => String(item))];
      for (const text of texts) for (const found of text.matchAll(MARK)) total += textOf(valueAt(found[1], values)).length;
      total += placedIn(token.children ?? [], values);
    }
    return total;
  }

  function* placeInline(children, values, isOneLine) {
    let links = 0;
    let reads = ""; // of an address that is its own text
    for (const token of children) {
      links += Number(token.type === "link_open") - Number(token.type === "link_close");
      if (token.type === "text" && reads) {
        yield textToken(reads);
        reads = "";
        continue;
      }
      if (isOwnText(token)) {
        const own = ownText(placeAddress(token.attrGet("href"), values, true));
        reads = own.reads;
        yield copied(token, { attrs: token.attrs.map(([key, item]) => [key, key === "href" ? own.href : item]) });
        continue;
      }
      if (token.type === "text") {
        yield* placeText(token.content, values, isOneLine, links > 0);
        continue;
      }
      const attrs = token.attrs?.map(([key, item]) => [key, placeAttribute(key, item, values)]) ?? null;
      const placed = copied(token, { content: oneLine(plain(token.content, values)), attrs });
      if (token.children) placed.children = [...placeInline(token.children, values, true)];
      yield placed;
    }
  }

  function* placeText(content, values, isOneLine, isLinked) {
    for (const [piece, value] of pieces(content, values)) {
      if (piece) yield textToken(piece);
      if (value === null) continue;
      if (value instanceof Url && !isLinked) yield* link(encode(value, true));
      else if (isOneLine || isLinked) yield textToken(oneLine(textOf(value)));
      else yield* lines(textOf(value));
    }
  }
  function* pieces(content, values) {
    let end = 0;
    for (const found of content.matchAll(MARK)) {
      yield [content.slice(end, found.index), valueAt(found[1], values)];
      end = found.index + found[0].length;
    }
    yield [content.slice(end), null];
  }
  /** What an address that is its own text leads to, and how it reads: as `<address>` has it. */
  function ownText(address) {
    reader ??= parser();
    return { href: reader.normalizeLink(address), reads: reader.normalizeLinkText(address) };
  }
  function* link(address) {
    const { href, reads } = ownText(address);
    yield { type: "link_open", tag: "a", attrs: [["href", href]], content: "", children: null, nesting: 1, info: "auto" };
    yield textToken(reads);
    yield { type: "link_close", tag: "a", attrs: null, content: "", children: null, nesting: -1, info: "auto" };
  }
  function* lines(value) {
    for (const [number, line] of value.split(BREAK).entries()) {
      if (number) yield { type: "hardbreak", tag: "br", attrs: null, content: "", children: null };
      if (line) yield textToken(line);
    }
  }

  function placeAttribute(key, text, values) {
    if (key !== "href" && key !== "src") return oneLine(plain(text, values));
    return text.match(MARK) ? placeAddress(text, values) : text;
  }
  /** Whether it opens a link whose text is its address, with a value in it. */
  function isOwnText(token) {
    return token.type === "link_open" && token.info === "auto" && Boolean(token.attrGet("href").match(MARK));
  }
  function placeAddress(text, values, isOwn = false) {
    const address = text.replace(MARK, (_, index) => encode(valueAt(index, values), isOwn));
    if (!safeAddress(address)) throw new Error(`${address.slice(0, 200)} can't be the address of a link`);
    return address;
  }

  /** The Markdown source with every value in its place, escaped so that it reads back as data. */
  function placeInSource(source, tokens, values) {
    const kinds = new Map(kindsOf(tokens));
    const enclosed = encloseAddresses(source, tokens);
    const text = lengthenCodeSpans(lengthenFences(enclosed, tokens, values), kinds, values);
    // What is nowhere to be seen is where a reference leads to.
    return text.replace(MARK, (whole, index, at) =>
      put(text, at, whole.length, kinds.get(index) ?? "address", valueAt(index, values)));
  }
  function put(text, at, length, kind, value) {
    const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    const written = textOf(value);
    if (kind === "address" || kind === "own") return encode(value, kind === "own");
    if (kind === "code") return oneLine(written);
    if (kind === "fence") return written.replace(BREAK, `\n${continuation(before, true)}`);
    if (value instanceof Url && kind === "text") return `<${encode(value, true)}>`;
    if (kind === "title") return escaped(oneLine(written), false).replace(TITLE_END, "\\$&");
    const starts = CONTAINERS.exec(before)[0].length === before.length;
    const lines = kind === "text" ? written.split(BREAK).map(strip) : [oneLine(written)];
    const rows = lines.map((line, number) => escaped(line, starts || number > 0));
    rows[0] = apartBefore(rows[0], before);
    const after = (text[at + length] ?? "").replace("\n", "");
    rows[rows.length - 1] = apartAfter(rows.at(-1), after || kind);
    return rows.join(`\\\n${continuation(before, false)}`);
  }
  function escaped(line, starts) {
    const marked = line.replace(MARKUP, "\\$&");
    if (!starts) return marked;
    return marked.replace(BLOCK_START, (_, sign, digits, end) => (sign ? `\\${sign}` : `${digits}\\${end}`));
  }
  /** The first line of a value, so that it makes nothing of what the author has begun there. */
  function apartBefore(line, before) {
    const apart = BEGUN.test(before.slice(-NEAR)) ? line.replaceAll("\\:", ":").replace(ADDRESS_END, "\\$&") : line;
    const [first] = apart;
    if (before.endsWith("//") && first && /[\p{L}\p{N}]/u.test(first)) {
      return `&#${first.codePointAt(0)};${apart.slice(first.length)}`;
    }
    const joins = "/:".includes(first ?? " ") && (before.endsWith(CLOSE) || before.endsWith("/"));
    return joins ? `\\${apart}` : apart;
  }
  /** The last line of a value, so that what comes after it makes nothing of it: the letter there, or at the end the kind of line. */
  function apartAfter(line, after) {
    if (after === ":" && line.toLowerCase().endsWith("mailto")) return `${line}\\`;
    const met = { "[": "!", "/": "/:", line: "#" }[after] ?? "";
    const isMet = line && met.includes(line.at(-1)) && line.at(-2) !== "\\";
    return isMet ? `${line.slice(0, -1)}\\${line.at(-1)}` : line;
  }
  /** Bare addresses with values in them between < and >: a value may be what would end one. */
  function encloseAddresses(text, tokens) {
    const bare = new Set();
    for (const { children } of tokens) {
      for (const [at, token] of (children ?? []).entries()) {
        const shown = children[at + 1]?.content ?? "";
        if (token.type === "link_open" && token.markup === "linkify" && !shown.startsWith("/")) bare.add(shown);
      }
    }
    if (!bare.size) return text;
    const longest = [...bare].sort((one, other) => other.length - one.length).map(quoted).join("|");
    return text.replace(new RegExp(`(?<!<)(?<!\\]\\()(?<!\\]: )(?:${longest})`, "g"), (found, at) =>
      found.match(MARK) || text[at - 1] === CLOSE ? `<${found}>` : found);
  }
  const quoted = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  /** What the lines after the first must start with to stay in the same quote or list. */
  function continuation(before, deep) {
    const prefix = deep && /^[> \t]*$/.test(before) ? before : CONTAINERS.exec(before)[0];
    return prefix.replace(/[^>\t]/g, " ");
  }

  function* kindsOf(tokens) {
    let before = "";
    for (const token of tokens) {
      if (token.type === "fence" || token.type === "code_block") {
        for (const found of token.content.matchAll(MARK)) yield [found[1], "fence"];
        for (const found of token.info.matchAll(MARK)) yield [found[1], "line"];
      } else if (token.children) {
        yield* inlineKinds(token.children, ONE_LINE_IN.includes(before) ? "line" : "text");
      }
      before = token.type;
    }
  }
  function* inlineKinds(children, kind) {
    let links = 0;
    let isOwn = false;
    for (const token of children) {
      links += Number(token.type === "link_open") - Number(token.type === "link_close");
      isOwn = isOwnText(token) || (isOwn && links > 0);
      const elsewhere = token.type === "code_inline" ? "code" : "line";
      const shown = token.type === "text" ? (links ? "line" : kind) : elsewhere;
      const here = isOwn ? "own" : shown;
      for (const found of token.content.matchAll(MARK)) yield [found[1], here];
      if (token.children) yield* inlineKinds(token.children, "line");
      for (const [key, item] of token.attrs ?? []) {
        for (const found of String(item).matchAll(MARK)) yield [found[1], isOwn ? here : key === "href" || key === "src" ? "address" : "title"];
      }
    }
  }

  function longestRun(text, char) {
    let longest = 0;
    let run = 0;
    for (const one of text) {
      run = one === char ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
  function lengthenFences(text, tokens, values) {
    const rows = text.split("\n");
    for (const token of tokens) {
      if (token.type !== "fence" || !token.map || !token.content.match(MARK)) continue;
      const needed = longestRun(plain(token.content, values), token.markup[0]) + 1;
      if (needed <= token.markup.length) continue;
      const [start, end] = token.map;
      for (const number of new Set([start, Math.min(end, rows.length) - 1])) {
        rows[number] = rows[number].replace(token.markup, () => token.markup[0].repeat(needed));
      }
    }
    return rows.join("\n");
  }
  function lengthenCodeSpans(source, kinds, values) {
    let text = source;
    for (const [number, kind] of kinds) {
      const value = textOf(values[Number(number)] ?? "");
      if (kind !== "code" || !value.includes("`")) continue;
      const at = text.indexOf(`\ue000${number}\ue001`);
      const [start, end] = [text.lastIndexOf("`", at), text.indexOf("`", at)];
      const run = "`".repeat(longestRun(value, "`") + 1);
      const [head, tail] = [rtrimmed(text.slice(0, start), "`"), text.slice(end).replace(/^`+/, "")];
      text = `${head}${run} ${strip(text.slice(start + 1, end))} ${run}${tail}`;
    }
    return text;
  }

  /** The tokens as nested nodes; `inline` wrappers and soft breaks are dissolved. */
  function tree(tokens) {
    return nodes(tokens[Symbol.iterator]());
  }
  function nodes(tokens) {
    const found = [];
    for (let step = tokens.next(); !step.done; step = tokens.next()) {
      const token = step.value;
      if (token.nesting < 0) break;
      if (token.type === "inline") {
        found.push(...nodes(withoutSoftBreaks(token.children ?? [])[Symbol.iterator]()));
        continue;
      }
      const children = nodes(token.nesting > 0 ? tokens : (token.children ?? [])[Symbol.iterator]());
      found.push({
        // An escaped sign in a picture's words is not joined to the text around it.
        type: token.type.replace(/_open$/, "").replace("text_special", "text"), content: token.content, children,
        attrs: Object.fromEntries((token.attrs ?? []).map(([key, item]) => [key, String(item)])),
        tag: token.tag, info: token.info ?? "", hidden: Boolean(token.hidden),
      });
    }
    return found;
  }
  /** A line end in the source is a space, but nothing between two Chinese or Japanese letters. */
  function withoutSoftBreaks(children) {
    const found = [];
    let before = "";
    let pending = null;
    for (const token of children) {
      if (token.type === "softbreak") pending ??= [];
      else if (pending === null) found.push(token);
      else {
        pending.push(token);
        if (!token.content) continue;
        if (!(isWide([...before].at(-1)) && isWide([...token.content][0]))) found.push(textToken(" "));
        found.push(...pending);
        pending = null;
      }
      before = token.content || before;
    }
    return [...found, ...(pending ?? [])];
  }
  const isIn = (ranges, code) => {
    let [low, high] = [0, ranges.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (code < ranges[middle][0]) high = middle - 1;
      else if (code > ranges[middle][1]) low = middle + 1;
      else return true;
    }
    return false;
  };
  const isWide = (char) => Boolean(char) && isIn(cannery.widths.letters, char.codePointAt(0));

  cannery.placement = { isIn, parse, place, placeInSource, safeAddress, tree };
})();
