// The rows of the search: what is found, with the words that were asked for marked, and what leads
// on where nothing was typed or found.
"use strict";

const kbSearchRows = (() => {
  const { lang, root, texts } = kbPage;
  const names = new Intl.DisplayNames([lang], { type: "language", fallback: "code" });

  /**
   * @param {string} tag
   * @param {string} className
   * @param {(Node | string)[]} content
   */
  function element(tag, className, ...content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...content);
    return node;
  }
  /** An icon of those that the page has for it. @param {string} name */
  function icon(name) {
    const template = document.querySelector("template[data-kb-icons]");
    const found =
      template instanceof HTMLTemplateElement
        ? template.content.querySelector(`[data-icon="${name}"]`)
        : null;
    const node = element("span", "kb-hit__icon", ...(found?.cloneNode(true).childNodes ?? []));
    node.setAttribute("aria-hidden", "true");
    return node;
  }
  /**
   * A text with some of its spans marked.
   * @param {string} text
   * @param {{ start: number, end: number }[]} spans in order
   */
  function marked(text, spans) {
    let from = 0;
    const pieces = spans.flatMap(({ start, end }) => {
      const before = text.slice(from, start);
      from = end;
      return [before, element("mark", "", text.slice(start, end))];
    });
    return [...pieces, text.slice(from)];
  }
  /** @param {string} text @param {Set<string>} terms */
  const withTerms = (text, terms) =>
    marked(text, kbSearchPlaces.merged([...kbSearchPlaces.places(text, terms)]));

  /**
   * A row that leads to a page: a link, so that it opens in another tab as links do.
   * @param {string} address
   * @param {string} kind of icon
   * @param {(Node | string)[]} content
   */
  function linkRow(address, kind, ...content) {
    const row = element("a", "kb-hit", icon(kind), element("span", "kb-hit__text", ...content));
    row.setAttribute("href", new URL(address, root).href);
    return asOption(row);
  }
  /** @param {HTMLElement} row */
  function asOption(row) {
    row.setAttribute("role", "option");
    row.setAttribute("tabindex", "-1");
    row.setAttribute("aria-selected", "false");
    row.append(Object.assign(icon("open"), { className: "kb-hit__icon kb-hit__open" }));
    return row;
  }
  /**
   * @param {KbHit} hit
   * @param {Set<string>} terms
   */
  function hitRow(hit, terms) {
    const row = linkRow(hit.address, hit.kind, ...hitContent(hit, terms));
    row.lang = hit.language;
    return row;
  }
  /**
   * Where a page is, what it is called, and the passage that tells why it was found.
   * @param {KbHit} hit
   * @param {Set<string>} terms
   */
  function hitContent(hit, terms) {
    const { language, sections, shortcut, title } = hit;
    const about = [...sections, ...(language === lang ? [] : [languageOf(hit)])].join(" › ");
    return [
      element("strong", "kb-hit__title", ...withTerms(title, terms)),
      ...(shortcut ? [" ", element("code", "kb-hit__shortcut", shortcut)] : []),
      ...(about ? [element("span", "kb-hit__path", about)] : []),
      element("span", "kb-hit__passage"),
    ];
  }
  /**
   * Shows the passages of hits in their rows as these come into view: each is in another file.
   * @param {URL} index
   * @param {Element[]} rows
   * @param {KbFound} found
   * @returns {() => void} ends it, for rows that are shown no more
   */
  function showPassages(index, rows, { hits, terms }) {
    const watch = new IntersectionObserver((seen) => {
      const due = seen.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
      for (const row of due) watch.unobserve(row);
      showIn(due).catch(console.error);
    });
    /** @param {Element[]} due */
    async function showIn(due) {
      const passages = await kbSearch.passages(
        index,
        due.map((row) => hits[rows.indexOf(row)]),
        terms,
      );
      for (const [at, { text, spans }] of passages.entries())
        due[at].querySelector(".kb-hit__passage")?.replaceChildren(...marked(text, spans));
    }
    for (const row of rows) watch.observe(row);
    return () => watch.disconnect();
  }
  /** @param {KbHit} hit */
  const languageOf = ({ language }) => names.of(language) ?? language;
  /**
   * A row that searches for something.
   * @param {string} query
   * @param {string} kind of icon
   * @param {string} lead what is said before it
   * @param {(query: string) => void} ask
   */
  function queryRow(query, kind, lead, ask) {
    const text = element(
      "span",
      "kb-hit__text",
      ...(lead ? [`${lead} `] : []),
      element("strong", "", query),
    );
    const row = asOption(element("div", "kb-hit kb-hit--query", icon(kind), text));
    row.addEventListener("click", () => ask(query));
    return row;
  }
  /**
   * Rows with a word of what they are.
   * @param {string} name
   * @param {HTMLElement[]} rows
   */
  function group(name, rows) {
    const title = element("div", "kb-search__group", name);
    title.setAttribute("role", "presentation");
    const node = element("div", "", title, ...rows);
    node.setAttribute("role", "group");
    node.setAttribute("aria-label", name);
    return node;
  }
  /** @param {number} total @param {string} query */
  function summary(total, query) {
    if (!total) return `${texts.search_none} ${query}`;
    return `${total} ${total === 1 ? texts.search_one : texts.search_some} ${query}`;
  }

  return { group, hitContent, hitRow, linkRow, queryRow, showPassages, summary };
})();
