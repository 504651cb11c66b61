// A link beside a heading: a click goes there, and copies its address.
"use strict";

(() => {
  const { texts } = kbPage;

  for (const link of document.querySelectorAll(".kb-prose a.headerlink")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.title = texts.permalink;
    link.setAttribute("aria-label", texts.permalink);
    link.addEventListener("click", async () => {
      if (!(await kbSaid.copied(link.href))) return; // it still goes there
      kbSaid.say(texts.link_copied);
      link.dataset.said = texts.link_copied;
      setTimeout(() => {
        delete link.dataset.said;
      }, 2000);
    });
  }
})();
