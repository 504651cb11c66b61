// A reply as Slack's mrkdwn: the twin of reply/render/slack.py.
"use strict";

const kbRenderSlack = (() => {
  const JOINER = "\u2060";

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
  const SLACK = {
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
  const slack = (nodes) => kbRenderText.withMarks(nodes, SLACK);

  return { slack };
})();
