// The help centre on any page: a button, a search, and the articles that it finds. All of it lives in
// a shadow tree: the page's styles don't reach it, and its own don't reach the page. It sets no
// cookie, keeps nothing, and takes no key of the page's.
"use strict";

(() => {
  const PAUSE = 100; // milliseconds after a key
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const root = new URL("../../", script.src);
  const INDEX = new URL("assets/search/", root);
  const lang = chosenLanguage(script.dataset.language ?? document.documentElement.lang);
  const texts = kbWidget.texts[lang] ?? kbWidget.texts.en;

  const host = document.createElement("kb-help");
  host.lang = lang;
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(kbWidget.css);
  shadow.adoptedStyleSheets = [sheet];

  const opener = make(
    "button",
    { class: "opener", type: "button", "aria-expanded": "false" },
    texts.help,
  );
  const box = make("input", {
    type: "search",
    "aria-label": texts.search,
    placeholder: texts.search_hint,
    autocomplete: "off",
  });
  const said = make("p", { class: "said", role: "status" });
  const list = make("ul", {});
  const found = make("div", { class: "found" }, box, said, list);
  const back = make("button", { class: "quiet", type: "button" }, texts.help_back);
  const title = make("h2", { tabindex: "-1" });
  const beside = make("a", { target: "_blank", rel: "noopener" }, texts.help_open);
  const text = make("div", { class: "text" });
  const article = make(
    "div",
    { class: "article", hidden: "" },
    back,
    title,
    text,
    make("p", {}, beside),
  );
  const close = make(
    "button",
    { class: "quiet close", type: "button", "aria-label": texts.search_close },
    "×",
  );
  const panel = make(
    "section",
    { class: "panel", role: "dialog", "aria-label": kbWidget.name, hidden: "" },
    make("header", {}, make("strong", {}, kbWidget.name), close),
    found,
    article,
  );
  if (kbWidget.contact) {
    const more = make(
      "a",
      { href: kbWidget.contact, target: "_blank", rel: "noopener" },
      texts.contact,
    );
    panel.append(make("footer", {}, more));
  }
  shadow.append(opener, panel);

  const answers = new kbAnswers.Answers(showHits, PAUSE);
  /** @type {Element | null} */
  let from = null; // the hit that the article was opened from

  opener.addEventListener("click", () => show(panel.hasAttribute("hidden")));
  close.addEventListener("click", () => show(false));
  back.addEventListener("click", showFound);
  box.addEventListener("input", () => answers.askSoon());
  panel.addEventListener("keydown", onKey);
  article.addEventListener("click", onLink);
  list.addEventListener("click", onLink);

  /** @param {boolean} isOpen */
  function show(isOpen) {
    panel.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) (article.hidden ? box : title).focus();
    else opener.focus();
  }
  function showFound() {
    article.hidden = true;
    found.hidden = false;
    if (from instanceof HTMLElement && from.isConnected) from.focus();
    else box.focus();
  }
  /** Ends with the hits; their passages follow. @param {() => boolean} isCurrent */
  async function showHits(isCurrent) {
    const query = box.value;
    const failed = (/** @type {unknown} */ error) => {
      if (isCurrent()) said.textContent = texts.search_failed;
      console.error(error);
    };
    try {
      const { hits, total, terms } = await kbSearch.search(INDEX, query, { language: lang });
      if (!isCurrent()) return;
      draw(hits, total, query);
      kbSearch
        .passages(INDEX, hits, terms)
        .then((passages) => isCurrent() && showPassages(passages))
        .catch(failed);
    } catch (error) {
      failed(error);
    }
  }
  /**
   * @param {{ address: string, title: string, language: string }[]} hits
   * @param {number} total
   * @param {string} query
   */
  function draw(hits, total, query) {
    const rows = hits.map((hit) => {
      const link = make(
        "a",
        { href: new URL(hit.address, root).href, lang: hit.language },
        hit.title,
      );
      return make("li", {}, link, make("p", {}));
    });
    list.replaceChildren(...rows);
    const word = total === 1 ? texts.search_one : texts.search_some;
    if (query.trim())
      said.textContent = total ? `${total} ${word} ${query}` : `${texts.search_none} ${query}`;
    else said.textContent = "";
  }
  /** @param {KbPassage[]} passages */
  function showPassages(passages) {
    for (const [at, line] of [...list.querySelectorAll("p")].entries()) {
      line.replaceChildren(...marked(passages[at] ?? { text: "", spans: [] }));
    }
  }
  /** @param {KbPassage} passage */
  function marked({ text: whole, spans }) {
    const ends = [0, ...spans.flatMap(({ start, end }) => [start, end])];
    return ends.map((start, at) => {
      const piece = whole.slice(start, ends[at + 1]);
      return at % 2 ? make("mark", {}, piece) : piece;
    });
  }
  /** @param {Event} event */
  function onLink(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link === beside || !(event instanceof MouseEvent)) return;
    const isOurs = link.href.startsWith(root.href);
    if (!isOurs || event.ctrlKey || event.metaKey || event.shiftKey) {
      link.target = "_blank";
      link.rel = "noopener";
      return;
    }
    event.preventDefault();
    if (list.contains(link)) from = link;
    open(link.href);
  }
  /** @param {string} address */
  async function open(address) {
    try {
      const page = await kbWidgetPage.load(address);
      title.textContent = page.title;
      text.replaceChildren(page.text);
      beside.href = address;
      found.hidden = true;
      article.hidden = false;
      panel.scrollTop = 0;
      title.focus();
    } catch (error) {
      console.error(error);
      globalThis.open(address, "_blank", "noopener"); // whole, where it can't be read from here
    }
  }
  /** @param {Event} event */
  function onKey(event) {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    event.stopPropagation(); // what is typed here is nothing to the page's own shortcuts
    if (event.key === "Escape") show(false);
    else if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else return;
    if (event.key === "Escape" || !found.hidden) event.preventDefault();
  }
  /** Among the box and the hits below it, which are those of what is typed. @param {number} by */
  async function step(by) {
    if (found.hidden) return;
    if (!(await answers.settled())) return;
    const stops = [box, ...list.querySelectorAll("a")];
    const at = stops.findIndex((stop) => stop.matches(":focus"));
    stops[Math.min(Math.max(at + by, 0), stops.length - 1)]?.focus();
  }
  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }
  /** The language of the help centre that is nearest. @param {string} wanted */
  function chosenLanguage(wanted) {
    const names = kbWidget.languages;
    const short = (/** @type {string} */ name) => name.toLowerCase().split(/[-_]/)[0];
    return (
      names.find((name) => name === wanted) ??
      names.find((name) => short(name) === short(wanted)) ??
      names[0]
    );
  }

  if (document.body) document.body.append(host);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(host));
})();
