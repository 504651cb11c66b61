// A reply as HTML: the twin of render/html.py.
"use strict";

const kbRenderHtml = (() => {
  const { safeAddress } = kbMarkdown;
  /** @type {KbForm} */
  const FORM = { tasks: ["\u2610", "\u2611"], isQuote: true, hasTags: true };
  const CELL = "border:1px solid #ccc;padding:4px 8px";
  /** @type {Record<string, string>} */
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

  /** @param {string} text */
  const escaped = (text) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
  /** @param {KbNode[]} nodes @returns {string} */
  const all = (nodes) => nodes.map(one).join("");
  /** @param {KbNode} node */
  const one = (node) => WRITERS[node.type](node);
  /**
   * @param {string} tag
   * @param {string} attributes
   * @returns {KbNodeWriter}
   */
  const wrap =
    (tag, attributes = "") =>
    (node) =>
      `<${tag}${attributes}>${all(node.children)}</${tag}>`;
  /** @type {KbNodeWriter} */
  const code = (node) => `<pre><code>${escaped(node.content)}</code></pre>`;
  /** @type {KbNodeWriter} */
  const asText = (node) => escaped(node.content);
  /** @type {KbNodeWriter} */
  const cell = ({ tag, attrs, children }) =>
    `<${tag} style="${CELL};${escaped(attrs.style ?? "")}">${all(children)}</${tag}>`;
  /**
   * @param {string} address
   * @param {string} label
   */
  const leading = (address, label) =>
    safeAddress(address) ? `<a href="${escaped(address)}">${label}</a>` : label;
  /** @type {KbNodeWriter} */
  function orderedList(node) {
    const start = node.attrs.start ?? "1";
    return `<ol${start === "1" ? "" : ` start="${escaped(start)}"`}>${all(node.children)}</ol>`;
  }
  /** @type {KbNodeWriter} */
  function listItem(node) {
    const isLone = node.children.length === 1;
    const isBare = (/** @type {KbNode} */ child) =>
      child.hidden || (isLone && child.type === "paragraph");
    const inner = node.children.map((child) => (isBare(child) ? all(child.children) : one(child)));
    return `<li>${inner.join("")}</li>`;
  }
  /** @type {KbNodeWriter} */
  function image(node) {
    const address = node.attrs.src ?? "";
    return leading(address, all(node.children) || escaped(address));
  }

  /** @type {Record<string, KbNodeWriter>} */
  const WRITERS = {
    paragraph: wrap("p"),
    heading: (node) => wrap(node.tag)(node),
    bullet_list: wrap("ul"),
    ordered_list: orderedList,
    list_item: listItem,
    blockquote: wrap("blockquote"),
    fence: code,
    code_block: code,
    hr: () => "<hr>",
    table: wrap("table", ' style="border-collapse:collapse"'),
    thead: wrap("thead"),
    tbody: wrap("tbody"),
    tr: wrap("tr"),
    th: cell,
    td: cell,
    text: asText,
    strong: wrap("strong"),
    em: wrap("em"),
    s: wrap("s"),
    code_inline: (node) => `<code>${escaped(node.content)}</code>`,
    kbd: wrap("kbd"),
    sub: wrap("sub"),
    sup: wrap("sup"),
    link: (node) => leading(node.attrs.href ?? "", all(node.children)),
    image,
    hardbreak: () => "<br>",
    html_block: asText,
    html_inline: asText,
  };
  /** The HTML of nodes that every target knows. @param {KbNode[]} nodes */
  const htmlOf = (nodes) => nodes.map(one).join("\n");
  /** @param {KbNode[]} nodes */
  const html = (nodes) => htmlOf(kbPlainer.plainer(nodes, FORM));

  return { html, htmlOf };
})();
