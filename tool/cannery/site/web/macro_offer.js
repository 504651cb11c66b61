// What was typed into this form on an earlier visit: shown, and put back only where one asks for it.
"use strict";

const kbMacroOffer = (() => {
  const { one } = kbPage;

  /** The line above the fields. */
  class Offer {
    /**
     * @param {HTMLElement} box
     * @param {InstanceType<typeof kbDraft.Draft>} draft
     * @param {(isTaken: boolean) => void} decided
     */
    constructor(box, draft, decided) {
      this.box = box;
      this.draft = draft;
      const [take, drop] = box.querySelectorAll("button");
      take.addEventListener("click", () => this.end(draft.offered, decided));
      drop.addEventListener("click", () => this.end(null, decided));
    }
    show() {
      const { offered } = this.draft;
      this.box.hidden = !offered;
      const texts = Object.values(offered ?? {}).filter(Boolean);
      one(this.box, "output").textContent = texts.join(", ");
    }
    /**
     * @param {Record<string, string> | null} values
     * @param {(isTaken: boolean) => void} decided
     */
    end(values, decided) {
      this.draft.forget();
      if (values) this.draft.typed = values;
      this.draft.save();
      this.show();
      decided(Boolean(values));
    }
  }

  return { Offer };
})();
