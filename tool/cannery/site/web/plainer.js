// Nodes -> nodes that every target knows: boxes, tabs, alerts, footnotes and tasks as plain text. The
// twin of render/plainer.py.
"use strict";

const kbPlainer = (() => {
  const DIGITS = "0123456789+-=()";
  /** @type {Record<string, [from: string, to: string]>} */
  const TABLES = {
    sup: [`${DIGITS}ni`, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"],
    sub: [DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"],
  };

  /**
   * @param {string} type
   * @param {Partial<KbNode>} parts
   * @returns {KbNode}
   */
  const made = (type, parts) => ({
    type,
    content: "",
    children: [],
    attrs: {},
    tag: "",
    info: "",
    hidden: false,
    meta: {},
    ...parts,
  });
  /** @param {string} content */
  const text = (content) => made("text", { content });

  /**
   * The nodes as the target shows them.
   * @param {KbNode[]} nodes
   * @param {KbForm} form
   * @returns {KbNode[]}
   */
  const plainer = (nodes, form) => nodes.flatMap((node) => one(node, form));
  /**
   * @param {KbNode} node
   * @param {KbForm} form
   */
  function one(node, form) {
    const children = plainer(node.children, form);
    return WRITERS[node.type]?.({ ...node, children }, form) ?? [{ ...node, children }];
  }

  /** @type {KbPlainerWriter} */
  function box(node, form) {
    const inner = belowTitle(node);
    return form.isQuote ? [made("blockquote", { children: inner })] : inner;
  }
  /** What a box holds, its title in the line above. @param {KbNode} node */
  function belowTitle({ children }) {
    const [first, second, ...rest] = children;
    if (!first?.type.endsWith("_title")) return children;
    const title = made("strong", { children: withoutStrong(first.children) });
    if (second?.type === "paragraph") {
      return [beginningWith([title, made("hardbreak", { tag: "br" })], second), ...rest];
    }
    return [made("paragraph", { children: [title] }), ...children.slice(1)];
  }
  /** @param {KbNode[]} nodes @returns {KbNode[]} */
  const withoutStrong = (nodes) =>
    nodes.flatMap((node) => {
      const children = withoutStrong(node.children);
      return node.type === "strong" ? children : [{ ...node, children }];
    });
  /**
   * @param {KbNode[]} words
   * @param {KbNode} paragraph
   */
  const beginningWith = (words, paragraph) => ({
    ...paragraph,
    children: [...words, ...paragraph.children],
  });

  /** A list's item, a task with its sign. @type {KbPlainerWriter} */
  function item(node, form) {
    const { checked } = node.meta;
    if (checked === undefined) return [node];
    const [first, ...rest] = node.children;
    const sign = text(`${form.tasks[Number(checked)]} `);
    return [{ ...node, children: [beginningWith([sign], first), ...rest] }];
  }

  /** @param {KbNode} node */
  const numberOf = ({ meta }) => Number(meta.id) + 1;
  /** @type {KbPlainerWriter} */
  function reference(node, form) {
    const number = text(`[${numberOf(node)}]`);
    return [form.hasTags ? made("sup", { children: [number], tag: "sup" }) : number];
  }
  /** @type {KbPlainerWriter} */
  const footnotes = ({ children }) => [made("hr", {}), ...children.flatMap(footnote)];
  /** @param {KbNode} node */
  function footnote(node) {
    const number = `[${numberOf(node)}]`;
    const [first = made("paragraph", {}), ...rest] = node.children;
    if (first.type === "paragraph") return [beginningWith([text(`${number} `)], first), ...rest];
    return [made("paragraph", { children: [text(number)] }), first, ...rest];
  }

  /**
   * Words between two tags; where no tags are, raised and lowered digits as such letters.
   * @type {KbPlainerWriter}
   */
  function element(node, form) {
    if (form.hasTags) return [node];
    const [from, to] = TABLES[node.type] ?? ["", ""];
    const letters = [...node.children.map(({ content }) => content).join("")];
    const isText = letters.length && node.children.every(({ type }) => type === "text");
    if (!(isText && letters.every((letter) => from.includes(letter)))) return node.children;
    return [text(letters.map((letter) => to[from.indexOf(letter)]).join(""))];
  }

  /** @type {Record<string, KbPlainerWriter>} */
  const WRITERS = {
    box,
    alert: box,
    tab: belowTitle,
    list_item: item,
    footnote_ref: reference,
    footnote_block: footnotes,
    footnote_anchor: () => [],
    kbd: element,
    sub: element,
    sup: element,
  };

  return { made, plainer };
})();
