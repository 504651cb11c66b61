// What a reader types, taken apart into words, phrases, exclusions and filters: the twin of
// search/query.py.
"use strict";

const kbSearchQuery = (() => {
  const PASTED = 80; // characters: a longer query is pasted text, whose quotes and dashes are no syntax
  const PIECE =
    /(?<not>-?)["“„＂「『«](?<phrase>[^"“”„＂「」『』«»]*)["”“＂」』»]|(?<key>[a-z]+):(?<value>"[^"]*"|[^\s"]+)|(?<word>\S+)/gu;
  // `-43` and `-t` are options and numbers of a command; `-v2` and `-word` may be meant.
  const EXCLUSION = /^-(?=[\p{L}\p{N}_]*(?!\p{Nd})[\p{L}\p{N}_])[\p{L}\p{N}_]\S+$/u;
  const COMMAND =
    /(?<!\S)(?:--[\p{L}\p{N}_]|-(?:[\p{L}\p{N}_]|\p{Nd}+)(?!\S)|[.~]{0,2}\/|[.~](?!\S))|:\/\/|[\\=|]|\$[\p{L}\p{N}_]|[a-z]:\p{Nd}|[\p{L}\p{N}_]\.[a-z]{2,5}(?!\S)/u;
  const JAPANESE_WORD = /^[\u3005\u30a1-\u30fa\u30fc\u4e00-\u9fff]{3,}$/;
  /** @type {Record<string, string>} */
  const FILTERS = {
    kind: "kind",
    lang: "language",
    language: "language",
    owner: "owner",
    section: "section",
    status: "status",
    tag: "tag",
  };

  /** @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  /** Whether a text may have syntax in it, for which the values of filters are wanted. @param {string} text */
  const hasSyntax = (text) => !isPasted(text) && /[-:]/.test(text);
  /** @param {string} text */
  const isPasted = (text) => [...text].length > PASTED;

  /**
   * @param {string} text as it was typed
   * @param {Record<string, string[]>} own filters that were chosen beside it
   * @param {(field: string, value: string) => boolean} has whether any page has a value: what none
   *   has is no filter
   * @param {(piece: string) => boolean} isText whether pages have an exclusion as it was typed
   * @returns {KbQuery}
   */
  function parse(text, own, has, isText) {
    if (isPasted(text)) return { ...NOTHING, words: text, filters: { ...own } };
    const isCommand = COMMAND.test(text);
    /** @type {Record<string, string[]>} */
    const filters = { ...own };
    /** @type {KbQueryParts} */
    const found = { words: [], phrases: [], without: [] };
    for (const { 0: piece, groups = {} } of text.matchAll(PIECE)) {
      const { name, value } = filterOf(groups);
      if (name && has(name, value)) filters[name] = [...(filters[name] ?? []), value];
      else put(found, piece, groups, (word) => !(isCommand || (word && isText(word))));
    }
    return joined(text, found, filters);
  }
  /** The filter that a piece may be. @param {Record<string, string | undefined>} groups */
  const filterOf = ({ key = "", value = "" }) => ({
    name: Object.hasOwn(FILTERS, key) ? FILTERS[key] : "",
    value: fold(value.replace(/^"+|"+$/g, "")),
  });
  /**
   * Puts a piece that is no filter where it belongs.
   * @param {KbQueryParts} found
   * @param {string} piece
   * @param {Record<string, string | undefined>} groups
   * @param {(word: string) => boolean} mayExclude whether a dash excludes; of a word in quotes, of ""
   */
  function put(found, piece, { not, phrase }, mayExclude) {
    if (phrase !== undefined) found[not && mayExclude("") ? "without" : "phrases"].push(phrase);
    else if (EXCLUSION.test(piece) && mayExclude(piece)) found.without.push(piece.slice(1));
    else found.words.push(piece);
  }
  /** @type {KbQuery} */
  const NOTHING = { words: "", phrases: [], lifted: [], without: [], filters: {}, asWords: false };
  /**
   * @param {string} text
   * @param {KbQueryParts} found
   * @param {Record<string, string[]>} filters
   * @returns {KbQuery}
   */
  function joined(text, { words, phrases, without }, filters) {
    if (!(words.length || phrases.length || Object.keys(filters).length)) {
      return { ...NOTHING, words: text, asWords: without.length > 0 };
    }
    const written = phrases.filter((phrase) => !kbText.isBlank(phrase));
    const wanted = [...words, ...written].join(" ");
    // Only a query that is quoted as a whole is meant to the letter.
    if (words.length || !written.length) {
      const lifted = JAPANESE_WORD.test(fold(wanted)) ? [wanted] : written;
      return { ...NOTHING, words: wanted, lifted, without, filters };
    }
    return { ...NOTHING, words: wanted, phrases: written, without, filters };
  }

  return { fold, hasSyntax, parse };
})();
