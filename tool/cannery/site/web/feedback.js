// What a reader tells: whether the page helped, a line to it, and searches in vain. It goes to the
// site's own endpoint; where there is none, nothing is sent, and a page asks nothing.
"use strict";

const kbFeedback = (() => {
  const { feedback, lang } = kbPage;

  /**
   * Sends it off; whether it arrived. Nothing is tried again, and nothing of the reader goes along.
   * @param {KbFeedback} told
   */
  async function send(told) {
    if (!feedback) return false;
    try {
      const answer = await fetch(feedback, {
        method: "POST",
        headers: { "Content-Type": "text/plain" }, // with which a browser asks nothing beforehand
        body: JSON.stringify({ language: lang, ...told }),
        keepalive: true,
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      return answer.ok;
    } catch (error) {
      console.warn(error);
      return false;
    }
  }
  return { send };
})();

(() => {
  const { one, texts } = kbPage;
  /** @type {HTMLElement | null} */
  const box = document.querySelector("[data-kb-feedback]");
  if (!box) return;
  const page = box.dataset.kbFeedback ?? "";
  const said = one(box, "[role=status]");
  const question = one(box, ".kb-feedback__votes");
  const form = one(box, "form");
  const line = one(box, "textarea");

  if (kbStore.browser.get(`vote ${page}`) === true) thank();
  for (const button of question.querySelectorAll("button")) {
    button.addEventListener("click", () => vote(button.dataset.kbVote === "yes"));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = /** @type {HTMLTextAreaElement} */ (line).value.trim();
    if (!text) return thank();
    if (await kbFeedback.send({ kind: "comment", page, text })) thank();
    else said.textContent = texts.feedback_failed; // what was typed stays
  });

  /** @param {boolean} helpful */
  async function vote(helpful) {
    if (!(await kbFeedback.send({ kind: "vote", page, helpful }))) {
      said.textContent = texts.feedback_failed;
      return;
    }
    kbStore.browser.set(`vote ${page}`, true);
    question.hidden = true;
    form.hidden = false;
    one(form, "label").textContent = helpful ? texts.feedback_more : texts.feedback_missing;
    said.textContent = texts.feedback_thanks;
    line.focus();
  }
  function thank() {
    const had = box?.contains(document.activeElement) && document.activeElement !== document.body;
    question.hidden = true;
    form.hidden = true;
    said.textContent = texts.feedback_thanks;
    if (had) said.focus();
  }
})();
