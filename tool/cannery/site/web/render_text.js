// A reply as plain text, by the marks of a format: the twin of render/text.py.
"use strict";

const kbRenderText = (() => {
  const { codePoint, isIn, rstrip, rtrimmed, strip } = kbText;
  const { ownText, safeAddress } = kbMarkdown;
  const BLANK = "\u200b";
  /** @type {KbForm} */
  const FORM = { tasks: ["[ ]", "[x]"], isQuote: false, hasTags: false };
  const MARKED = ["strong", "em", "s", "code_inline"];
  // An address that mail programs take for one as a whole, with letters of any script.
  const READABLE = /^[^\x00-\x20\x7f-\xa0"()<>\\^`{|}[\]\u2000-\u200f\u2028-\u202f\u3000\ufeff]+$/;

  /**
   * @param {KbNode[]} nodes
   * @param {KbMarks} marks
   * @returns {string}
   */
  const blocks = (nodes, marks) => nodes.map((node) => block(node, marks)).join("\n\n");
  /**
   * @param {KbNode} node
   * @param {KbMarks} marks
   */
  const block = (node, marks) => BLOCKS[node.type]?.(node, marks) ?? inline([node], marks);

  /** @type {KbMarkedWriter} */
  function list(node, marks) {
    const start = Number(node.attrs.start ?? "1");
    const bodies = node.children.map((child) => listItem(child, marks));
    const items = bodies.map((body, at) => {
      const sign = node.type === "ordered_list" ? `${start + at}. ` : `${marks.bullet} `;
      return sign + body.replaceAll("\n", `\n${" ".repeat(sign.length)}`);
    });
    const isApart = node.children.some(
      (child, at) => child.children.length > 1 && bodies[at].includes("\n\n"),
    );
    return items.join(isApart ? "\n\n" : "\n").replace(/^ +$/gm, "");
  }
  /** @type {KbMarkedWriter} */
  function listItem(node, marks) {
    let text = "";
    for (const child of node.children) {
      const isList = child.type === "bullet_list" || child.type === "ordered_list";
      const gap = isList ? "\n" : "\n\n";
      text += (text ? gap : "") + block(child, marks);
    }
    return text;
  }
  /** @type {KbMarkedWriter} */
  const quote = (node, marks) =>
    blocks(node.children, marks)
      .split("\n")
      .map((line) => rstrip(`> ${line}`))
      .join("\n");

  /** @type {KbMarkedWriter} */
  function table(node, marks) {
    const rows = node.children.flatMap((section) =>
      section.children.map((row) => row.children.map((cell) => strip(inline(cell.children, TEXT)))),
    );
    const heads = node.children[0]?.children[0]?.children ?? [];
    const isRight = heads.map((head) => (head.attrs.style ?? "").includes("right"));
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
    const lines = rows.map((row) =>
      rstrip(row.map((text, column) => padded(text, widths[column], isRight[column])).join("  ")),
    );
    lines.splice(1, 0, widths.map((size) => "-".repeat(size)).join("  "));
    return marks.block(lines.join("\n"));
  }
  /** The columns of a screen that a letter takes. @param {string} char */
  function columns(char) {
    const point = codePoint(char);
    if (isIn(kbShared.widths.none, point)) return 0;
    return isIn(kbShared.widths.two, point) ? 2 : 1;
  }
  /** @param {string} text */
  const width = (text) => [...text].reduce((sum, char) => sum + columns(char), 0);
  /**
   * @param {string} text
   * @param {number} size
   * @param {boolean} isRight
   */
  function padded(text, size, isRight) {
    const gap = " ".repeat(size - width(text));
    return isRight ? gap + text : text + gap;
  }

  /** @type {KbMarkedWriter} */
  const codeBlock = (node, marks) => marks.block(rtrimmed(node.content, "\n"));
  /** @type {Record<string, KbMarkedWriter>} */
  const BLOCKS = {
    paragraph: (node, marks) => inline(node.children, marks),
    heading: (node, marks) => marks.heading(inline(node.children, { ...marks, strong: same })),
    bullet_list: list,
    ordered_list: list,
    blockquote: quote,
    table,
    fence: codeBlock,
    code_block: codeBlock,
    hr: () => "-".repeat(20),
  };

  /** @param {string | undefined} char */
  const isWord = (char) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  /**
   * The blank that a mark beside a letter needs.
   * @param {KbNode | undefined} before
   * @param {KbNode} node
   * @param {string | undefined} left
   * @param {string | undefined} right
   */
  function markGap(before, node, left, right) {
    const isMark = MARKED.includes(node.type);
    const isAfterMark = before !== undefined && MARKED.includes(before.type);
    const isClose = (isMark && (isWord(left) || isAfterMark)) || (isAfterMark && isWord(right));
    return isClose ? BLANK : "";
  }
  /**
   * A blank after an address in brackets: a letter beside it may be taken for part of it.
   * @param {KbNode | undefined} before
   * @param {string | undefined} left
   * @param {string | undefined} right
   */
  function addressGap(before, left, right) {
    const isLink = before?.type === "link" || before?.type === "image";
    return isLink && left === ")" && isWord(right) ? " " : "";
  }
  /**
   * @param {KbNode[]} nodes
   * @param {KbMarks} marks
   * @returns {string}
   */
  function inline(nodes, marks) {
    /** @type {string[]} */
    const pieces = [];
    for (const [at, node] of nodes.entries()) {
      const piece = INLINE[node.type](node, marks);
      const left = [...(pieces.at(-1) ?? "")].at(-1);
      const [right] = piece;
      const before = nodes[at - 1];
      const gap = marks.blanks
        ? markGap(before, node, left, right)
        : addressGap(before, left, right);
      pieces.push(gap + piece);
    }
    return pieces.join("");
  }
  /** @type {KbMarkedWriter} */
  function link(node, marks) {
    const label = inline(node.children, marks);
    const address = node.attrs.href ?? node.attrs.src ?? "";
    if (!safeAddress(address)) return label;
    if (node.info === "auto" && !marks.blanks) {
      return textLink("", READABLE.test(label) ? label : address);
    }
    return address ? marks.link(label, address) : label;
  }
  /** @type {KbMarkedWriter} */
  const asText = (node, marks) => marks.escape(node.content);
  /** @type {Record<string, KbMarkedWriter>} */
  const INLINE = {
    text: asText,
    strong: (node, marks) => marks.strong(inline(node.children, marks)),
    em: (node, marks) => marks.em(inline(node.children, marks)),
    s: (node, marks) => marks.strike(inline(node.children, marks)),
    code_inline: (node, marks) => marks.code(node.content),
    link,
    image: link,
    hardbreak: () => "\n",
    html_block: asText,
    html_inline: asText,
  };

  /** @param {string} piece */
  const same = (piece) => piece;
  /**
   * The address once, with letters of any script as such where mail programs know it so.
   * @param {string} label
   * @param {string} address
   */
  function textLink(label, address) {
    const { text } = ownText(address);
    const whole = READABLE.test(text) ? text : address;
    const [shown, plain] = [whole, address].map((one) =>
      one.replace(/^mailto:/, "").replace(/^tel:/, ""),
    );
    return ["", address, plain, whole, shown].includes(label) ? shown : `${label} (${shown})`;
  }
  /** @type {KbMarks} */
  const TEXT = {
    escape: same,
    strong: same,
    em: same,
    strike: (piece) => `~${piece}~`,
    code: same,
    block: same,
    link: textLink,
    heading: same,
    bullet: "-",
    blanks: false,
  };

  /**
   * @param {KbNode[]} nodes
   * @param {KbMarks} marks
   */
  const withMarks = (nodes, marks) => rstrip(blocks(nodes, marks));
  /** @param {KbNode[]} nodes */
  const plainText = (nodes) => withMarks(kbPlainer.plainer(nodes, FORM), TEXT);

  return { FORM, TEXT, text: plainText, withMarks };
})();
