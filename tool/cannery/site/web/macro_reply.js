// The reply as it will be, beside the form: its text with holes marked, and how far the form is.
"use strict";

const kbMacroReply = (() => {
  const { one, texts } = kbPage;
  const { isOpen } = kbForm;

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
        one(this.subject, "output").replaceChildren(...kbReplyView.marked(reply.subject));
        kbReplyView.show(this.text, reply);
      }
      this.showProgress(rows);
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
