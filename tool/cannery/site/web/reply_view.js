// A reply on the page: its text as it will be, with holes marked.
"use strict";

const kbReplyView = (() => {
  const { element } = kbControls;
  const [OPEN, CLOSE] = kbForm.HOLE;
  const HOLES = new RegExp(`(${OPEN}[^${OPEN}${CLOSE}]*${CLOSE})`);

  /** @param {Node} node @returns {Generator<Text>} */
  function* holeTexts(node) {
    for (const child of node.childNodes) {
      if (child instanceof Text && child.data.includes(OPEN)) yield child;
      else yield* holeTexts(child);
    }
  }
  /** The text with its holes marked. @param {string} text */
  const marked = (text) =>
    text.split(HOLES).map((piece) => (piece.startsWith(OPEN) ? holeOf(piece.slice(1, -1)) : piece));
  /** @param {string} name */
  const holeOf = (name) => element("mark", {}, kbMacroRequest.YOURS[name] || name);

  /**
   * @param {HTMLElement} box
   * @param {KbReply} reply
   */
  function show(box, { formats }) {
    // Our own writer's HTML: each text in it is escaped, and it knows no tag that runs anything.
    box.innerHTML = formats.html;
    for (const node of [...holeTexts(box)]) node.replaceWith(...marked(node.data));
    // A link that is tried opens beside the form, which stays as it is.
    for (const link of box.querySelectorAll("a")) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  }

  return { marked, show };
})();
