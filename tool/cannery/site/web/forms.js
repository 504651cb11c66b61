// A reply as HTML, as plain text and as Slack's mrkdwn: the twin of reply/richtext.py and
// reply/plaintext.py.
"use strict";

(() => {
  const { rstrip, rtrimmed, strip } = cannery.words;
  const { isIn, safeAddress } = cannery.placement;

  const CELL = "border:1px solid #ccc;padding:4px 8px";
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  const escape = (text) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
  const all = (nodes) => nodes.map(one).join("");
  const one = (node) => WRITERS[node.type](node);
  const wrap = (tag, attributes = "") => (node) => `<${tag}${attributes}>${all(node.children)}</${tag}>`;
  const code = (node) => `<pre><code>${escape(node.content)}</code></pre>`;
  const written = (node) => escape(node.content);
  const cell = (node) =>
    `<${node.tag} style="${CELL};${escape(node.attrs.style ?? "")}">${all(node.children)}</${node.tag}>`;
  function leading(address, label) {
    return safeAddress(address) ? `<a href="${escape(address)}">${label}</a>` : label;
  }
  function ordered(node) {
    const start = node.attrs.start ?? "1";
    return `<ol${start === "1" ? "" : ` start="${escape(start)}"`}>${all(node.children)}</ol>`;
  }
  function item(node) {
    const lone = node.children.length === 1;
    const bare = (child) => child.hidden || (lone && child.type === "paragraph");
    return `<li>${node.children.map((child) => (bare(child) ? all(child.children) : one(child))).join("")}</li>`;
  }
  const WRITERS = {
    paragraph: wrap("p"), heading: (node) => wrap(node.tag)(node), bullet_list: wrap("ul"),
    ordered_list: ordered, list_item: item, blockquote: wrap("blockquote"), fence: code,
    code_block: code, hr: () => "<hr>", table: wrap("table", ' style="border-collapse:collapse"'),
    thead: wrap("thead"), tbody: wrap("tbody"), tr: wrap("tr"), th: cell, td: cell, text: written,
    strong: wrap("strong"), em: wrap("em"), s: wrap("s"),
    code_inline: (node) => `<code>${escape(node.content)}</code>`,
    link: (node) => leading(node.attrs.href ?? "", all(node.children)),
    image: (node) => leading(node.attrs.src ?? "", all(node.children) || escape(node.attrs.src ?? "")),
    hardbreak: () => "<br>", html_block: written, html_inline: written,
  };
  const html = (nodes) => nodes.map(one).join("\n");

  const BLANK = "\u200b";
  const JOINER = "\u2060";
  const blocks = (nodes, marks) => nodes.map((node) => block(node, marks)).join("\n\n");
  const block = (node, marks) => (BLOCKS[node.type] ? BLOCKS[node.type](node, marks) : inline([node], marks));

  function list(node, marks) {
    const start = Number(node.attrs.start ?? "1");
    const bodies = node.children.map((child) => listItem(child, marks));
    const items = bodies.map((body, at) => {
      const sign = node.type === "ordered_list" ? `${start + at}. ` : `${marks.bullet} `;
      return sign + body.replaceAll("\n", `\n${" ".repeat(sign.length)}`);
    });
    const apart = node.children.some((child, at) => child.children.length > 1 && bodies[at].includes("\n\n"));
    return items.join(apart ? "\n\n" : "\n").replace(/^ +$/gm, "");
  }
  function listItem(node, marks) {
    let pieces = "";
    for (const child of node.children) {
      const gap = child.type === "bullet_list" || child.type === "ordered_list" ? "\n" : "\n\n";
      pieces += (pieces ? gap : "") + block(child, marks);
    }
    return pieces;
  }
  const quote = (node, marks) =>
    blocks(node.children, marks).split("\n").map((line) => rstrip(`> ${line}`)).join("\n");

  function table(node, marks) {
    const rows = node.children.flatMap((section) =>
      section.children.map((row) => row.children.map((child) => strip(inline(child.children, TEXT)))));
    const right = (node.children[0]?.children[0]?.children ?? []).map((child) => (child.attrs.style ?? "").includes("right"));
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
    const lines = rows.map((row) =>
      rstrip(row.map((text, column) => padded(text, widths[column], right[column])).join("  ")));
    lines.splice(1, 0, widths.map((size) => "-".repeat(size)).join("  "));
    return marks.block(lines.join("\n"));
  }
  const columns = (char) => {
    const point = char.codePointAt(0);
    return isIn(cannery.widths.none, point) ? 0 : isIn(cannery.widths.two, point) ? 2 : 1;
  };
  const width = (text) => [...text].reduce((sum, char) => sum + columns(char), 0);
  function padded(text, size, toRight) {
    const gap = " ".repeat(size - width(text));
    return toRight ? gap + text : text + gap;
  }

  const BLOCKS = {
    paragraph: (node, marks) => inline(node.children, marks),
    heading: (node, marks) => marks.heading(inline(node.children, { ...marks, strong: same })),
    bullet_list: list, ordered_list: list, blockquote: quote, table,
    fence: (node, marks) => marks.block(rtrimmed(node.content, "\n")),
    code_block: (node, marks) => marks.block(rtrimmed(node.content, "\n")),
    hr: () => "-".repeat(20),
  };

  const MARKED = ["strong", "em", "s", "code_inline"];
  const isWord = (char) => Boolean(char) && /[\p{L}\p{N}]/u.test(char);
  function inline(nodes, marks) {
    const pieces = [];
    for (const [at, node] of nodes.entries()) {
      const piece = INLINE[node.type](node, marks);
      const [left, right] = [[...(pieces.at(-1) ?? "")].at(-1), [...piece][0]];
      const [afterMark, isMark] = [at > 0 && MARKED.includes(nodes[at - 1].type), MARKED.includes(node.type)];
      const close = (isMark && (isWord(left) || afterMark)) || (afterMark && isWord(right));
      pieces.push(close && marks.blanks ? BLANK + piece : piece);
    }
    return pieces.join("");
  }
  function link(node, marks) {
    const label = inline(node.children, marks);
    const address = node.attrs.href ?? node.attrs.src ?? "";
    if (node.info === "auto" && !marks.blanks && safeAddress(address)) {
      return textLink("", READABLE.test(label) ? label : address);
    }
    return address && safeAddress(address) ? marks.link(label, address) : label;
  }
  const INLINE = {
    text: (node, marks) => marks.escape(node.content),
    strong: (node, marks) => marks.strong(inline(node.children, marks)),
    em: (node, marks) => marks.em(inline(node.children, marks)),
    s: (node, marks) => marks.strike(inline(node.children, marks)),
    code_inline: (node, marks) => marks.code(node.content),
    link, image: link, hardbreak: () => "\n",
    html_block: (node, marks) => marks.escape(node.content),
    html_inline: (node, marks) => marks.escape(node.content),
  };

  const same = (piece) => piece;
  // An address that mail programs take for one as a whole, with letters of any script.
  const READABLE = /^[^\x00-\x20\x7f-\xa0"()<>\\^`{|}[\]\u2000-\u200f\u2028-\u202f\u3000\ufeff]+$/;
  function textLink(label, address) {
    const shown = address.replace(/^mailto:/, "").replace(/^tel:/, "");
    return ["", address, shown].includes(label) ? shown : `${label} (${shown})`;
  }
  const TEXT = {
    escape: same, strong: same, em: same, strike: (piece) => `~${piece}~`, code: same, block: same,
    link: textLink, heading: same, bullet: "-", blanks: false,
  };
  const entities = (piece) => piece.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const slackText = (piece) => entities(piece).replace(/[*_~`]/g, (sign) => JOINER + sign);
  function slackLink(label, address) {
    const safe = entities(address).replaceAll("|", "%7C");
    const inner = label.replaceAll("|", "\u00a6").replaceAll("\n", " ");
    return label && label !== slackText(address) ? `<${safe}|${inner}>` : `<${safe}>`;
  }
  const between = (sign) => (piece) =>
    piece.split("\n").map((line) => (strip(line) ? sign + line + sign : line)).join("\n");
  const SLACK = {
    escape: slackText, strong: between("*"), em: between("_"), strike: between("~"),
    code: (piece) => `\`${entities(piece).replaceAll("`", "\u02cb")}\``,
    block: (piece) => `\`\`\`\n${entities(piece).replaceAll("```", `\`\`${JOINER}\``)}\n\`\`\``,
    link: slackLink, heading: between("*"), bullet: "•", blanks: true,
  };

  cannery.forms = {
    html,
    slack: (nodes) => rstrip(blocks(nodes, SLACK)),
    text: (nodes) => rstrip(blocks(nodes, TEXT)),
  };
})();
