// The page's contents: the heading that is read now is marked while the page is scrolled.
"use strict";

(() => {
  const nav = document.querySelector('[data-kb-in-sheet="contents"]');
  if (!nav) return;
  /** @type {Map<Element, HTMLAnchorElement>} */
  const links = new Map();
  for (const link of nav.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  const TOP = 96; // pixels below the header: a heading that is that high has been reached

  /** @type {Element | undefined} */
  let present;
  function mark() {
    const reached = headings.filter((item) => item.getBoundingClientRect().top <= TOP);
    const isEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > 0;
    const next = isEnd ? headings.at(-1) : (reached.at(-1) ?? headings[0]);
    if (next === present) return;
    if (present) links.get(present)?.removeAttribute("aria-current");
    present = next;
    if (present) show(links.get(present));
  }
  /** @param {HTMLAnchorElement | undefined} link */
  function show(link) {
    link?.setAttribute("aria-current", "location");
    const box = link?.closest(".kb-contents");
    if (!(link && box)) return;
    const { bottom, top } = link.getBoundingClientRect();
    const room = box.getBoundingClientRect();
    if (bottom > room.bottom || top < room.top) box.scrollTop += top - room.top - room.height / 3;
  }

  const observer = new IntersectionObserver(mark, { rootMargin: `-${TOP}px 0px -60% 0px` });
  for (const heading of headings) observer.observe(heading);
  addEventListener("scrollend", mark);
  mark();
})();
