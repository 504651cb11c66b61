// The data of the search: what search/browser_index.py writes, and what is found. Read by the type
// check alone.

/** content/search_words.json, put before the scripts by __init__.py. Lists are parted by blanks. */
declare const kbSearchWords: {
  stopWords: string;
  talk: string;
  /** Pairs of words, parted by commas: some write them as one. */
  apart: string;
  /** Pairs of letters: a form that some write, and the one that stands for it. */
  letters: string;
  /** By the small vowel behind ヴ. */
  vSounds: Record<string, string>;
  /** Pairs, parted by commas: kana, in Latin letters. */
  romaji: string;
  /** Pairs, parted by commas: other ways to type some of those. */
  typedRomaji: string;
  umlauts: Record<string, string>;
  ligatures: Record<string, string>;
};

/** What a reader typed, taken apart: see ParsedQuery in search/query.py. */
interface KbQuery {
  words: string;
  phrases: string[];
  lifted: string[];
  without: string[];
  /** By field, the values of which a page has one. */
  filters: Record<string, string[]>;
  asWords: boolean;
}
type KbQueryParts = Record<"words" | "phrases" | "without", string[]>;
/** What is chosen beside the words of a search; `language` is the reader's. */
interface KbSearchOptions {
  language: string;
  kind?: string;
  section?: string;
  limit?: number;
}

/** A term where it stands in a text. */
interface KbSpan {
  term: string;
  start: number;
  end: number;
}
/** A piece of a page, and the spans that matched in it. */
interface KbPassage {
  text: string;
  spans: { start: number; end: number }[];
}

type KbIndexField = "text" | "title" | "heading";
/** The file root.json of an index, made by search/browser_index.py. */
interface KbIndexMeta {
  /** Of pages. */
  count: number;
  languages: string[];
  /** By the number of a language: what the addresses of its pages begin with, as a rule. */
  roots: string[];
  /** Those that entries are in, with their titles by language. */
  folders: [path: string, titles: Record<string, string>][];
  /** By page: numbers of its language and its folder; how many pages before it the same entry is. */
  pages: Record<KbIndexField | "language" | "folder" | "variant" | "called", number[]>;
  /** What the terms of each file begin with. */
  shards: string[];
  /** Pages in each file of what is shown. */
  shown: number;
  /** Of a site with one such file. */
  rows?: KbStoredRow[];
  /** The first page of each file of texts. */
  texts: number[];
  /** Words that mean the same as another, by that one's CRC-32. */
  synonyms: Record<string, string[]>;
  /** Whether there is a file of how Japanese words of the pages are read. */
  readings: boolean;
}
type KbStoredRow = [
  name: string,
  title: string,
  more?: { address?: string; kind?: string; tags?: string[]; shortcut?: string },
];
interface KbIndexTerm {
  /** How many pages have it. */
  frequency: number;
  raw: Uint8Array;
}
/** Two terms side by side; `code` is the lower half of their number, or -1 between Japanese letters. */
interface KbTermPair {
  one: string;
  two: string;
  code: number;
}
/** How often a term stands in each field of a page, where in its text, and the codes of what follows. */
interface KbPosting {
  number: number;
  text: number;
  title: number;
  heading: number;
  followers: number[];
  places: number[];
}
/** `title` and `heading` count the pages that have it there. */
interface KbPostings {
  frequency: number;
  list: KbPosting[];
  title: number;
  heading: number;
}
/** What a search answers. `terms` are marked in what is shown; `meant` is what may be meant instead. */
interface KbFound {
  hits: KbHit[];
  total: number;
  /** Nothing answers what was typed as phrases, exclusions and filters; these answer the words. */
  asWords: boolean;
  terms: Set<string>;
  meant: string;
}
/** What is shown of a page; `sections` are titles, from the outermost on. */
interface KbIndexRow {
  number: number;
  address: string;
  entry: string;
  title: string;
  language: string;
  kind: string;
  sections: string[];
  tags: string[];
  shortcut: string;
}
interface KbIndexText {
  number: number;
  /** The summary, or what the text begins with. */
  lead: string;
  text: string;
}
interface KbHit extends KbIndexRow {
  score: number;
}

/** The files of a search that is read from a disk, in base 64, by name: see site/offline.py. */
declare var kbFiles: Record<string, string> | undefined;
