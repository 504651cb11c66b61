// Before all else on a page: where the theme's scripts keep what a reader chose. The theme calls
// these by name, and would print them into each page itself, which the pages' policy forbids.
"use strict";

// biome-ignore lint/suspicious/noVar: the theme looks it up on the window
var __mdScope = new URL(document.currentScript?.dataset.scope ?? ".", location.href);

/** @param {string} text */
function __md_hash(text) {
  let sum = 0;
  for (const char of text) sum = (sum << 5) - sum + char.charCodeAt(0);
  return sum;
}

/** Null if nothing is kept. @param {string} name */
function __md_get(name, storage = localStorage, scope = __mdScope) {
  return JSON.parse(storage.getItem(`${scope.pathname}.${name}`) ?? "null");
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function __md_set(name, value, storage = localStorage, scope = __mdScope) {
  try {
    storage.setItem(`${scope.pathname}.${name}`, JSON.stringify(value));
  } catch (error) {
    console.warn(error); // a browser that keeps nothing: the choice holds for this page
  }
}

document.documentElement.dataset.platform = navigator.platform;
