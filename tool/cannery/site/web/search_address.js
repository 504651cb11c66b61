// The address of a search: `?q=`, which typing replaces and Back returns to. What is chosen beside
// the words stands there too, under names that no field of a macro has.
"use strict";

const kbSearchAddress = (() => {
  const PAUSE = 400; // milliseconds: a browser refuses a hundred new addresses in half a minute
  const NAMES = { query: "q", kind: "q.kind", section: "q.section" };
  // The finder of macros has an address of its own for what is typed there.
  const isTaken = document.querySelector(".kb-finder") !== null;
  let timer = 0;

  function read() {
    const given = new URLSearchParams(location.search);
    const query = given.get(NAMES.query);
    if (query === null || isTaken) return null;
    const [kind, section] = [NAMES.kind, NAMES.section].map((name) => given.get(name) ?? "");
    return { query: query.slice(0, 500), kind, section };
  }
  /**
   * @param {string} query
   * @param {{ kind?: string, section?: string }} chosen
   */
  function write(query, { kind = "", section = "" }) {
    clearTimeout(timer);
    if (isTaken) return;
    const address = new URL(location.href);
    for (const [name, value] of [
      [NAMES.query, query.trim()],
      [NAMES.kind, query.trim() && kind],
      [NAMES.section, query.trim() && section],
    ]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }
  /** @param {() => [string, { kind?: string, section?: string }]} what */
  function writeSoon(what) {
    clearTimeout(timer);
    timer = globalThis.setTimeout(() => write(...what()), PAUSE);
  }
  const clear = () => write("", {});

  return { clear, read, write, writeSoon };
})();
