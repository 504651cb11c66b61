// A reply for Slack: for its composer as text and HTML, and as mrkdwn for its API. The twin of
// render/slack.py, slack_html.py and slack_api.py.
"use strict";

const kbRenderSlack = (() => {
  const JOINER = "\u2060";
  const { made, plainer } = kbPlainer;
  /** @type {KbForm} */
  const FORM = { tasks: ["\u2610", "\u2611"], isQuote: true, hasTags: false };

  /** @param {string} piece */
  const entities = (piece) =>
    piece.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  /** @param {string} piece */
  const escaped = (piece) => entities(piece).replace(/[*_~`]/g, (sign) => JOINER + sign);
  /**
   * @param {string} label
   * @param {string} address
   */
  function link(label, address) {
    const safe = entities(address).replaceAll("|", "%7C");
    const inner = label.replaceAll("|", "\u00a6").replaceAll("\n", " ");
    return label && label !== escaped(address) ? `<${safe}|${inner}>` : `<${safe}>`;
  }
  /** Each line between two signs: Slack's marks end with the line. @param {string} sign */
  const between = (sign) => (/** @type {string} */ piece) =>
    piece
      .split("\n")
      .map((line) => (kbText.strip(line) ? sign + line + sign : line))
      .join("\n");
  /** @type {KbMarks} */
  const MRKDWN = {
    escape: escaped,
    strong: between("*"),
    em: between("_"),
    strike: between("~"),
    code: (piece) => `\`${entities(piece).replaceAll("`", "\u02cb")}\``,
    block: (piece) => `\`\`\`\n${entities(piece).replaceAll("```", `\`\`${JOINER}\``)}\n\`\`\``,
    link,
    heading: between("*"),
    bullet: "•",
    blanks: true,
  };

  /** @param {KbNode[]} nodes */
  const mrkdwn = (nodes) => kbRenderText.withMarks(plainer(nodes, FORM), MRKDWN);

  /** @type {KbMarks} */
  const COMPOSER = { ...kbRenderText.TEXT, bullet: "•" };
  /** @param {KbNode[]} nodes */
  const slack = (nodes) => kbRenderText.withMarks(plainer(nodes, kbRenderText.FORM), COMPOSER);

  /** What the composer knows: a heading in bold, a table as aligned text. @type {Record<string, (node: KbNode) => KbNode>} */
  const INSTEAD = {
    heading: ({ children }) => made("paragraph", { children: [made("strong", { children })] }),
    table: (node) => made("fence", { content: `${kbRenderText.text([node])}\n` }),
    hr: (node) =>
      made("paragraph", { children: [made("text", { content: kbRenderText.text([node]) })] }),
  };
  /** @param {KbNode} node @returns {KbNode} */
  const known = (node) =>
    INSTEAD[node.type]?.(node) ?? { ...node, children: node.children.map(known) };
  /** @param {KbNode[]} nodes */
  const slackHtml = (nodes) => kbRenderHtml.htmlOf(plainer(nodes, FORM).map(known));

  return { mrkdwn, slack, slackHtml };
})();
