// The page that is not there, in the language that its address names, else in one that the reader reads.
"use strict";

(() => {
  /** @type {NodeListOf<HTMLElement>} */
  const found = document.querySelectorAll("[data-kb-lost-in]");
  const sections = [...found];
  const [folder] = location.pathname.slice(kbPage.root.pathname.length).split("/");
  const read = navigator.languages.flatMap((name) => [name, name.split("-")[0]]);
  const chosen = [folder, ...read]
    .map((name) =>
      sections.find((section) => encodeURIComponent(section.dataset.kbLostIn ?? "") === name),
    )
    .find(Boolean);
  if (!chosen) return;
  for (const section of sections) section.hidden = section !== chosen;
  const before = document.documentElement.lang;
  if (chosen.lang === before) return;
  document.documentElement.lang = chosen.lang;
  const [, ...rest] = document.title.split(" - ");
  document.title = [chosen.querySelector("h1")?.textContent, ...rest].join(" - ");
})();
