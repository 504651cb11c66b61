// The reply as it will be, beside the form: its text with holes marked, and how far the form is.
"use strict";

const kbMacroReply = (() => {
  const { element } = kbControls;
  const { one, texts } = kbPage;
  const { HOLE, isOpen } = kbForm;
  const [OPEN, CLOSE] = HOLE;
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
    text
      .split(HOLES)
      .map((piece) => (piece.startsWith(OPEN) ? element("mark", {}, piece.slice(1, -1)) : piece));
  /** @param {KbRow[]} rows */
  const labels = (rows) => rows.map(({ field }) => kbMacroFields.labelOf(field)).join(", ");

  /** What stands between a form and its reply: what is missing, and what is wrong. @param {KbRow[]} rows */
  function lacks(rows) {
    const missing = rows.filter((row) => row.isMissing);
    const wrong = rows.filter((row) => row.fault);
    return [
      missing.length ? `${texts.missing}: ${labels(missing)}` : "",
      wrong.length ? `${texts.invalid}: ${labels(wrong)}` : "",
    ].filter(Boolean);
  }

  /** The reply's side of the page. */
  class Preview {
    /** @param {HTMLElement} root */
    constructor(root) {
      this.text = one(root, ".kb-reply__text");
      this.fault = one(root, ".kb-reply__fault");
      this.subject = one(root, ".kb-reply__subject");
      this.progress = one(root, ".kb-progress");
      /** @type {HTMLProgressElement} */
      this.bar = one(this.progress, "progress");
    }
    /** @param {KbFormState} state */
    show({ fault, reply, rows }) {
      this.fault.hidden = !fault;
      this.fault.textContent = fault;
      this.subject.hidden = !reply?.subject;
      if (reply) {
        one(this.subject, "output").replaceChildren(...marked(reply.subject));
        // Our own writer's HTML: each text in it is escaped, and it knows no tag that runs anything.
        this.text.innerHTML = reply.formats.html;
        for (const node of [...holeTexts(this.text)]) node.replaceWith(...marked(node.data));
        this.openBeside();
      }
      this.showProgress(rows);
    }
    /** A link that is tried opens beside the form, which stays as it is. */
    openBeside() {
      for (const link of this.text.querySelectorAll("a")) {
        link.target = "_blank";
        link.rel = "noopener";
      }
    }
    /** How many of the fields that need a value have one. @param {KbRow[]} rows */
    showProgress(rows) {
      const needed = rows.filter((row) => row.field.required || row.field.default || row.fault);
      const done = needed.filter((row) => !isOpen(row)).length;
      this.progress.hidden = !needed.length;
      this.progress.classList.toggle("kb-progress--done", done === needed.length);
      this.bar.max = needed.length || 1;
      this.bar.value = done;
      const count = texts.progress
        .replace("{done}", String(done))
        .replace("{all}", String(needed.length));
      one(this.progress, ".kb-progress__count").textContent = count;
      one(this.progress, ".kb-progress__lacks").textContent = lacks(rows).join(". ");
    }
    /** Has the browser lay it out now, so that what that takes can be measured. */
    layOut() {
      return this.text.offsetHeight;
    }
    select() {
      getSelection()?.selectAllChildren(this.text);
    }
  }

  return { lacks, Preview };
})();
