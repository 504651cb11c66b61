// A button on each block of code, which copies it.
"use strict";

(() => {
  const { one, texts } = kbPage;
  const SHOWN = 2000; // milliseconds that a button says what it did

  for (const block of document.querySelectorAll(".kb-prose pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-code-copy";
    button.textContent = texts.copy_html;
    button.addEventListener("click", async () => {
      const said = await copied(one(block, "code"));
      button.textContent = said;
      setTimeout(() => {
        button.textContent = texts.copy_html;
      }, SHOWN);
    });
    block.before(button);
    block.parentElement?.classList.add("kb-code");
  }

  /** Copies an element's text, and says how that went. @param {Element} code */
  async function copied(code) {
    try {
      await navigator.clipboard.writeText((code.textContent ?? "").replace(/\n$/, ""));
      return texts.copied;
    } catch (error) {
      console.warn(error);
      return texts.copy_failed;
    }
  }
})();
