// What a stage tells the scripts of all forms. Read by the type check alone: no browser loads this.

/** The file `assets/kb/shared.js` of a site, made by site/macropages.py. */
declare const kbShared: {
  locales: Record<string, KbLocale>;
  widths: { none: KbRange[]; two: KbRange[]; letters: KbRange[] };
  kb: { name: string; site_url: string };
  /** What kb.toml says of the team, by language. */
  team: Record<string, KbGroup>;
  keepsLines: boolean;
  words: KbWords;
  country: string;
  /** The file content/holidays.json: months and days by country and year. */
  holidays: Record<string, Record<string, string>>;
  /** The rows of content/holes.json. */
  holes: { pattern: string; ignoreCase?: boolean; multiline?: boolean }[];
};

/** The first and the last code point. */
type KbRange = [number, number];
type KbDateStyle = "short" | "medium" | "long" | "full";
interface KbNames {
  wide: string[];
  abbreviated: string[];
}
/** See site/language.py. Days begin with Monday. */
interface KbLocale {
  months: KbNames;
  standalone: KbNames;
  days: KbNames;
  periods: { am: string; pm: string };
  formats: Record<KbDateStyle, string>;
}
/** The file content/words.json, which Python reads too. */
interface KbWords {
  yes: string[];
  no: string[];
  days: Record<string, number>;
  businessDays: Record<string, number>;
  monthEnds: Record<string, number>;
  yearEnds: Record<string, number>;
  monthsAhead: Record<string, number>;
  yearsAhead: Record<string, number>;
  months: string[][];
  eras: Record<string, number>;
  numbers: Record<string, number>;
  units: Record<string, string>;
  dateLeads: string[];
  countries: Record<string, string>;
  monthFirst: string[];
  weekdays: string[][];
  weeks: Record<string, number>;
  hints: Record<"number" | "date" | "email" | "url" | "yesno" | "empty" | "long", string>;
  datePatterns: Record<string, string>;
  dateStyles: string[];
  dateCodes: Record<string, string>;
  lists: Record<string, { between: string; last: string }>;
  truth: Record<string, [string, string]>;
  honorifics: Record<string, KbHonorific>;
  /** As content/words.py describes it. */
  sentences: {
    stop: Record<string, string>;
    stops: string;
    ends: string;
    closers: string;
    abbreviations: string[];
  };
  /** What kinds of boxes are called, by language. */
  boxes: Record<string, Record<string, string>>;
}
/** As content/words.py describes it. */
interface KbHonorific {
  added: string;
  endings: string[];
  beginnings: string[];
  addedToCompany: string;
  companies: string[];
  companyEndings: string[];
  departments: string[];
}
