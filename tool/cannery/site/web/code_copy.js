// A button on each block of code, which copies it.
"use strict";

(() => {
  const { one, texts } = kbPage;
  const { copied, icon, say } = kbSaid;
  const SHOWN = 2000; // milliseconds that a button shows what it did
  const SHEETS = "M8 2h11a2 2 0 0 1 2 2v13h-2V4H8zM5 6h9a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5z";
  const CHECK = "M9.6 18.4 3.8 12.6l1.6-1.6 4.2 4.2 9-9 1.6 1.6z";

  /** @param {Element} block */
  function frameOf(block) {
    const parent = block.parentElement;
    if (parent?.classList.contains("highlight")) return parent;
    const frame = document.createElement("div");
    block.replaceWith(frame);
    frame.append(block);
    return frame;
  }
  /** @param {Element} block */
  function addButton(block) {
    const code = one(block, "code");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-code-copy";
    button.title = texts.copy_html;
    button.setAttribute("aria-label", texts.copy_html);
    button.append(icon(SHEETS));
    button.addEventListener("click", async () => {
      const isDone = await copied((code.textContent ?? "").replace(/\n$/, ""));
      say(isDone ? texts.copied : texts.copy_failed);
      button.title = isDone ? texts.copied : texts.copy_failed;
      button.classList.toggle("kb-code-copy--done", isDone);
      button.replaceChildren(icon(isDone ? CHECK : SHEETS));
      setTimeout(() => {
        button.title = texts.copy_html;
        button.classList.remove("kb-code-copy--done");
        button.replaceChildren(icon(SHEETS));
      }, SHOWN);
    });
    const frame = frameOf(block);
    frame.classList.add("kb-code");
    frame.append(button);
  }

  for (const block of document.querySelectorAll(".kb-prose pre:has(> code)")) {
    if (!block.closest(".linenos")) addButton(block);
  }
})();
