// What a query may mean in an index: its terms, and what stands for those that no page has. The
// twin of search/rank.py.
"use strict";

const kbSearchTerms = (() => {
  const { MARK, asKatakana, crc32, isLone, stemmed, unaccented } = kbTokens;
  const { compare } = kbText;
  const { queryTerms } = kbQueryTerms;
  const { having } = kbSearchPhrases;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  const SYNONYM_WEIGHT = 0.5;
  const PREFIX_WEIGHT = 0.4;
  const LONGER_WEIGHT = 0.2; // of what a word may become that is one already
  const SENTENCE = 3; // terms: what ends with a word is finished
  const TYPO_WEIGHT = 0.6;
  const LONE_WEIGHT = 0.5;
  const MOST_READ = 8; // runs of a query
  const LIFTED_WEIGHT = 1;
  const MIN_TYPO = 4;
  const TYPO_CUTOFF = 0.75;
  const MAX_ATOMS = 8; // words and what stands between them
  const MAX_LETTERS = 16; // of a word that is not of ASCII alone
  const MOST_UNKNOWN = 50; // terms that are taken for slips: more of them are another language

  /**
   * How alike two words are, from 0 to 1: twice the letters in common over all letters.
   * @param {string} a
   * @param {string} b
   */
  const likeness = (a, b) => (2 * common(a, b)) / (a.length + b.length);
  /**
   * @param {string} a
   * @param {string} b
   * @returns {number}
   */
  function common(a, b) {
    const { size, from, to } = longestCommon(a, b);
    if (!size) return 0;
    const before = common(a.slice(0, from), b.slice(0, to));
    return size + before + common(a.slice(from + size), b.slice(to + size));
  }
  /**
   * How many letters are the same from these places on.
   * @param {string} a
   * @param {string} b
   * @param {number} from
   * @param {number} to
   */
  function sameFrom(a, b, from, to) {
    let size = 0;
    while (from + size < a.length && a[from + size] === b[to + size]) size += 1;
    return size;
  }
  /**
   * The first of the longest runs that stand in both.
   * @param {string} a
   * @param {string} b
   */
  function longestCommon(a, b) {
    const best = { size: 0, from: 0, to: 0 };
    for (let from = 0; from < a.length; from += 1) {
      for (let to = 0; to < b.length; to += 1) {
        const size = sameFrom(a, b, from, to);
        if (size > best.size) Object.assign(best, { size, from, to });
      }
    }
    return best;
  }

  /**
   * What may be meant by a word that no page has: longer words, or else words like it.
   * @param {Index} index
   * @param {string} term
   * @param {number} weight
   * @param {string} latin the word if it may be Japanese in Latin letters, else empty
   * @returns {Promise<[string, number][]>}
   */
  async function instead(index, term, weight, latin) {
    const katakana = asKatakana(term);
    if (katakana !== term) return (await index.frequency(katakana)) ? [[katakana, 1]] : [];
    if (term.length < 2 || !isAscii(term)) return [];
    const longer = await index.likely(term);
    if (longer.length) return withWeight(longer, weight * PREFIX_WEIGHT);
    const read = await readInLatin(index, latin);
    return read.length ? read : withWeight(await slipsOf(index, term), weight * TYPO_WEIGHT);
  }
  /** @param {Index} index @param {string} latin @returns {Promise<[string, number][]>} */
  async function readInLatin(index, latin) {
    return latin ? await kbSearchReadings.termsOf(index, kbSearchReadings.romaji(latin)) : [];
  }
  /**
   * @param {Index} index
   * @param {string} term
   */
  async function slipsOf(index, term) {
    if (term.length < MIN_TYPO) return [];
    const near = await alike(index, term, 2); // first letters; few slips are in there
    return near.length ? near : alike(index, term, 1);
  }
  /**
   * The terms that are spelt most like one, of those with so many first letters in common.
   * @param {Index} index
   * @param {string} term
   * @param {number} same
   */
  async function alike(index, term, same) {
    return (await index.beginning(term.slice(0, same)))
      .map((item) => item.term)
      .filter((other) => Math.abs(other.length - term.length) <= 1 && /^[a-z0-9]+$/.test(other))
      .map((other) => ({ other, ratio: likeness(other, term) }))
      .filter(({ ratio }) => ratio >= TYPO_CUTOFF)
      .sort((a, b) => b.ratio - a.ratio || compare(b.other, a.other))
      .slice(0, 3)
      .map(({ other }) => other);
  }

  /**
   * The terms that the last word may become while it is typed, by their weight.
   * @param {Index} index
   * @param {string} words
   * @param {number} count of terms
   * @returns {Promise<[string, number][]>}
   */
  async function unfinished(index, words, count) {
    const last = lastWord(words);
    const isWord = await index.frequency(stemmed(last));
    if (isWord && count >= SENTENCE) return [];
    const least = Math.max(last.length - 3, 2); // one letter begins too many words to fetch them
    for (let end = last.length; end >= least; end -= 1) {
      // biome-ignore lint/performance/noAwaitInLoops: a shorter beginning is fetched only if no page has the longer
      const terms = await beginningSo(index, last.slice(0, end));
      if (terms.length) return withWeight(terms, isWord ? LONGER_WEIGHT : PREFIX_WEIGHT);
    }
    return [];
  }
  /** @param {string} words */
  const lastWord = (words) =>
    /(?<![a-z0-9])[a-z0-9]+$/.exec(unaccented(words.normalize("NFKC").toLowerCase()))?.[0] ?? "";
  /**
   * @param {Index} index
   * @param {string} prefix
   */
  async function beginningSo(index, prefix) {
    const longer = await index.likely(prefix);
    if (longer.length) return longer;
    return (await index.frequency(prefix)) ? [prefix] : [];
  }

  /**
   * The pieces of a text that a word of a group may be: words of ASCII with what stands between
   * them, and all that has other letters in it.
   * @param {string} text
   */
  function piecesOf(text) {
    const atoms = [...text.matchAll(/[a-z0-9]+|[^a-z0-9\s\x80-\u{10ffff}]+/gu)].map(
      ({ index, 0: atom }) => ({ start: index, end: index + atom.length }),
    );
    const ascii = atoms.flatMap(({ start }, at) =>
      atoms.slice(at, at + MAX_ATOMS).map(({ end }) => text.slice(start, end)),
    );
    const letters = [...text];
    const others = letters.flatMap((_, start) =>
      Array.from({ length: Math.min(MAX_LETTERS, letters.length - start) }, (__, more) =>
        letters.slice(start, start + more + 1).join(""),
      ).filter((piece) => !isAscii(piece)),
    );
    return new Set([...ascii.filter(isAscii), ...others]);
  }
  /** @param {string} text */
  const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);
  /**
   * The words of the team's groups that mean the same as something in the query.
   * @param {Index} index
   * @param {string} words
   */
  function synonymsOf(index, words) {
    const said = piecesOf(words.normalize("NFKC").toLowerCase());
    const others = [...said].flatMap((piece) => index.meta.synonyms[crc32(piece)] ?? []);
    return new Set(others.filter((word) => !said.has(word)));
  }

  /**
   * The terms of a query, and of what may be meant by it, with their weights.
   * @param {Index} index
   * @param {KbQuery} asked
   */
  async function weightsOf(index, { words, lifted }) {
    const weights = queryTerms(words);
    for (const [term, weight] of await meantBy(index, words, [...weights]))
      weights.set(term, weight);
    const others = [
      ...(await unfinished(index, words, weights.size)),
      ...(await kbEquivalents.equivalentTerms(index, words)),
      ...(await readingTerms(index, words)),
      ...(await synonymTerms(index, words)),
    ];
    for (const [term, weight] of others) {
      if (!weights.has(term)) weights.set(term, weight);
    }
    for (const phrase of lifted) {
      // biome-ignore lint/performance/noAwaitInLoops: what is quoted is one thing, as a rule
      const numbers = await having(index, phrase);
      if (numbers.length) weights.set(index.termFor(phrase, numbers), LIFTED_WEIGHT);
    }
    return weights;
  }
  /** By term, the words that may be Japanese in Latin letters. @param {string} words */
  const latinIn = (words) =>
    new Map(
      kbText
        .words(kbSearchQuery.fold(words))
        .filter(kbSearchReadings.isRomaji)
        .map((word) => [stemmed(word), word]),
    );
  /** The terms of words in kanji that were typed as they sound. @param {Index} index @param {string} words */
  async function readingTerms(index, words) {
    const runs = kbSearchReadings.speltIn(kbSearchQuery.fold(words)).slice(0, MOST_READ);
    const all = await Promise.all(runs.map((run) => kbSearchReadings.termsOf(index, run)));
    return all.flat();
  }
  /**
   * What stands for a lone letter, and for terms that no page has.
   * @param {Index} index
   * @param {string} words
   * @param {[string, number][]} all
   */
  async function meantBy(index, words, all) {
    const latin = latinIn(words);
    const frequencies = await Promise.all(all.map(([term]) => index.frequency(term)));
    const unknown = new Set(all.filter((_, at) => !frequencies[at]).map(([term]) => term));
    const isUnknown = 2 * unknown.size >= all.length && unknown.size <= MOST_UNKNOWN;
    const meant = await Promise.all(
      all.map(async ([term, weight]) => {
        if (isLone(term)) return withWeight(await index.likely(term), weight * LONE_WEIGHT);
        const isLost = isUnknown && unknown.has(term) && !(await index.frequency(term + MARK));
        return isLost ? instead(index, term, weight, latin.get(term) ?? "") : [];
      }),
    );
    return meant.flat();
  }
  /**
   * The words of a query, folded, that no page has, and none that begins so: they may be slips.
   * @param {Index} index
   * @param {string} text
   */
  async function unknownIn(index, text) {
    const words = kbText.words(kbSearchQuery.fold(text)).filter(mayBeSlip);
    const known = await Promise.all(words.map((word) => isKnown(index, word)));
    return words.filter((_, at) => !known[at]);
  }
  /** Others are not asked for: each is a file. @param {string} word */
  const mayBeSlip = (word) =>
    word.length >= MIN_TYPO && /^[a-z]+$/.test(word) && !kbTokens.isStopWord(word);
  /** Whether pages have a word, or a longer one, or it is one of theirs in Latin letters. @param {Index} index @param {string} word */
  async function isKnown(index, word) {
    const term = stemmed(word);
    if ((await index.frequency(term)) || (await index.frequency(term + MARK))) return true;
    if ((await index.likely(term)).length) return true;
    return kbSearchReadings.isRomaji(word) && (await readInLatin(index, word)).length > 0;
  }
  /**
   * The terms of what means the same as words of the query: of several words, such as `money back`,
   * only all together mean it, which is a term of its own.
   * @param {Index} index
   * @param {string} words
   * @returns {Promise<[string, number][]>}
   */
  async function synonymTerms(index, words) {
    const others = [...synonymsOf(index, words)];
    const terms = await Promise.all(others.map((word) => alternative(index, word)));
    return terms.flat().map(([term, weight]) => [term, weight * SYNONYM_WEIGHT]);
  }
  /**
   * @param {Index} index
   * @param {string} word
   * @returns {Promise<[string, number][]>}
   */
  async function alternative(index, word) {
    const own = [...queryTerms(word)];
    return own.length > 1 ? [[index.termFor(word, await having(index, word)), 1]] : own;
  }
  /**
   * @param {string[]} terms
   * @param {number} weight
   * @returns {[string, number][]}
   */
  const withWeight = (terms, weight) => terms.map((term) => [term, weight]);

  return { likeness, unknownIn, weightsOf };
})();
