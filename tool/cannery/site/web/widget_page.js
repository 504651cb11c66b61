// An article of the help centre, as it can stand inside any other page.
"use strict";

const kbWidgetPage = (() => {
  const WAIT = 15_000; // milliseconds
  // What belongs to the page around the text, what would ask or do something in another page, and
  // what its policy may refuse: the link below a video leads to it.
  const LEFT_OUT =
    "script, style, link, form, dialog, iframe, nav, footer, svg, video, .tabbed-set > input, .kb-feedback, .headerlink, .kb-needs-script, .kb-about, [data-kb-search]";
  const KEPT = new Set([
    "alt",
    "checked",
    "class",
    "colspan",
    "disabled",
    "height",
    "href",
    "lang",
    "open",
    "rowspan",
    "src",
    "start",
    "type",
    "width",
  ]);

  /**
   * The page's text, with addresses that hold anywhere. Rejects where it can't be fetched.
   * @param {string} address
   * @returns {Promise<{ title: string, text: DocumentFragment }>}
   */
  async function load(address) {
    const page = await fetched(address);
    const article = page.querySelector("article.kb-prose");
    if (!article) throw new Error(`${address} is no article`);
    for (const node of article.querySelectorAll(LEFT_OUT)) node.remove();
    for (const node of article.querySelectorAll("*")) clean(node);
    const heading = article.querySelector("h1");
    heading?.remove();
    const text = document.createDocumentFragment();
    text.append(...[...article.childNodes].map((node) => document.importNode(node, true)));
    return { title: (heading?.textContent ?? "").trim(), text };
  }
  /**
   * The document: the one way of reading HTML that a page's policy of trusted types allows.
   * @param {string} address
   * @returns {Promise<Document>}
   */
  function fetched(address) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("GET", address);
      request.responseType = "document";
      request.timeout = WAIT;
      const fail = () => reject(new Error(`${address} can't be fetched`));
      request.addEventListener("load", () => {
        if (request.status === 200 && request.responseXML) resolve(request.responseXML);
        else fail();
      });
      request.addEventListener("error", fail);
      request.addEventListener("timeout", fail);
      request.send();
    });
  }
  /** @param {Element} node */
  function clean(node) {
    if (node.hasAttribute("href")) node.setAttribute("href", addressOf(node));
    if (node.localName === "img") {
      node.setAttribute("src", /** @type {HTMLImageElement} */ (node).src);
    }
    for (const { name } of [...node.attributes]) if (!KEPT.has(name)) node.removeAttribute(name);
  }
  /** An address that leads somewhere, never one that runs. @param {Element} node */
  function addressOf(node) {
    const { href } = /** @type {HTMLAnchorElement} */ (node);
    return /^(?:https?|mailto|tel):/i.test(href) ? href : "#";
  }
  return { load };
})();
