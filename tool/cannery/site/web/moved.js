// A page that has moved: on to where it is now, with what stood behind its old address.
"use strict";

(() => {
  const link = document.querySelector("a");
  if (!link) return;
  const there = new URL(link.href);
  there.search = location.search;
  there.hash = location.hash;
  location.replace(there.href);
})();
