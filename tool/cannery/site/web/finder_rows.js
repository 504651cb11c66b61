// The macros that a finder lists: what matches at once, by their names, and what the search adds.
"use strict";

const kbFinderRows = (() => {
  const SHOWN = 30;
  /** @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const rows = kbMacros.rows.map((macro) => ({
    macro,
    title: fold(macro.title),
    shortcut: fold(macro.shortcut),
    words: fold(`${macro.words} ${macro.summary}`),
  }));
  const byId = new Map(kbMacros.rows.map((macro) => [macro.id, macro]));

  // More for where a word stands: shortcut, title, words to find it by.
  /** @type {[points: number, stands: (row: (typeof rows)[number], word: string) => boolean][]} */
  const PLACES = [
    [100, isShortcut],
    [40, ({ title }, word) => title.startsWith(word)],
    [30, ({ title }, word) => title.includes(word)],
    [20, ({ shortcut }, word) => shortcut.includes(word)],
    [10, ({ words }, word) => words.includes(word)],
  ];
  /**
   * @param {(typeof rows)[number]} row
   * @param {string} word
   */
  function isShortcut({ shortcut }, word) {
    return Boolean(shortcut) && [shortcut, shortcut.slice(1)].includes(word);
  }
  /**
   * The points of the best place that a word stands in; 0 if it stands nowhere.
   * @param {(typeof rows)[number]} row
   * @param {string} word
   */
  const score = (row, word) => PLACES.find(([, stands]) => stands(row, word))?.[0] ?? 0;

  /**
   * Those of a section, or all.
   * @param {string} section
   */
  const inSection = (section) => rows.filter(({ macro }) => !section || macro.section === section);
  /**
   * What is found without the search: those with all words first. A word that is nowhere, such as
   * what a command has, hides nothing.
   * @param {string} query
   * @param {string} section
   */
  function named(query, section) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    return inSection(section)
      .map((row) => {
        const scores = words.map((word) => score(row, word)).filter(Boolean);
        return { row, met: scores.length, sum: scores.reduce((sum, points) => sum + points, 0) };
      })
      .filter(({ met }) => met)
      .sort((a, b) => b.met - a.met || b.sum - a.sum || (a.row.title < b.row.title ? -1 : 1))
      .map(({ row }) => row.macro)
      .slice(0, SHOWN);
  }
  /**
   * The one that is called so first, then what the search finds, then what else has the words.
   * @param {string} query
   * @param {string} section
   * @param {string[]} found ids
   */
  function merged(query, section, found) {
    const exact = inSection(section).filter((row) => isShortcut(row, fold(query).trim()));
    const hits = found.flatMap((id) => byId.get(id) ?? []);
    const all = [...exact.map(({ macro }) => macro), ...hits, ...named(query, section)];
    return [...new Set(all)].slice(0, SHOWN);
  }
  /** All of them by section, those used last before. @param {string} section */
  function listed(section) {
    const all = inSection(section).map(({ macro }) => macro);
    const recent = kbRecents.list().flatMap((id) => all.find((macro) => macro.id === id) ?? []);
    /** @type {[name: string, title: string][]} */
    const sections = [["", ""], ...kbMacros.sections];
    const groups = sections.map(([name, title]) => ({
      title,
      macros: all.filter((macro) => macro.section === name),
    }));
    return { recent, groups: groups.filter(({ macros }) => macros.length) };
  }
  /** @param {string} section */
  const count = (section) => inSection(section).length;

  return { count, listed, merged, named, SHOWN };
})();
