// Before all else on a page: where the theme's scripts keep what a reader chose. The theme calls
// these by name, and would print them into each page itself, which the pages' policy forbids.
"use strict";

var __md_scope = new URL(document.currentScript.dataset.scope, location);

function __md_hash(text) {
  let sum = 0;
  for (const char of text) sum = (sum << 5) - sum + char.charCodeAt(0);
  return sum;
}

function __md_get(name, storage = localStorage, scope = __md_scope) {
  return JSON.parse(storage.getItem(`${scope.pathname}.${name}`));
}

function __md_set(name, value, storage = localStorage, scope = __md_scope) {
  try {
    storage.setItem(`${scope.pathname}.${name}`, JSON.stringify(value));
  } catch (error) {
    console.warn(error); // a browser that keeps nothing: the choice holds for this page
  }
}

document.documentElement.dataset.platform = navigator.platform;
