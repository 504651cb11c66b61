// A link to the team tells which page its reader comes from: of a mailbox in the mail's subject and
// text, of another address as `page` and `title` in its query.
"use strict";

(() => {
  const { title } = document;
  const [page] = location.href.split("#");

  /** @param {string} address */
  function withPage(address) {
    const query = address.startsWith("mailto:")
      ? { subject: title, body: `\n\n${page}` }
      : { page, title };
    const [bare, anchor] = address.split("#", 2);
    const told = Object.entries(query)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join("&");
    return `${bare}${bare.includes("?") ? "&" : "?"}${told}${anchor ? `#${anchor}` : ""}`;
  }
  for (const link of document.querySelectorAll("a[data-kb-contact]")) {
    const address = link.getAttribute("href") ?? "";
    if (/^(?:https?|mailto):/.test(address)) link.setAttribute("href", withPage(address));
  }
})();
