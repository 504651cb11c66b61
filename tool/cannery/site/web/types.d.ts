// The data that the scripts share: what a stage embeds in a page, and what goes from one script
// to the next. Read by the type check alone: no browser loads this file.

/** The file `assets/kb/macros.js` of a language: what the finder looks through. */
declare const kbMacros: { rows: KbMacroRow[]; sections: [name: string, title: string][] };
declare const liquidjs: typeof import("liquidjs");
declare const markdownit: typeof import("markdown-it").default;
declare const markdownitFootnote: (md: import("markdown-it").MarkdownIt) => void;

type KbDay = InstanceType<typeof kbDates.Day>;
/** A choice: its value and its label. */
type KbChoice = [string, string];
type KbNumber = InstanceType<typeof kbNumbers.Written>;
type KbUrl = InstanceType<typeof kbWording.Url>;
/** `offset` in minutes east of UTC; null if no zone is known. */
interface KbClock {
  hour: number;
  minute: number;
  second: number;
  offset: number | null;
}
interface KbDateParts {
  year: number;
  month: number;
  day: number;
  time: KbClock | null;
}
/** Its value is digits / 10 ** scale. */
interface KbDecimal {
  digits: bigint;
  scale: number;
}

type KbRenderState = InstanceType<typeof kbLiquidValues.RenderState>;
/** Where a piece of a template begins. */
interface KbPlace {
  input: string;
  begin: number;
}
/** What a template is rendered with, besides the values. */
interface KbRenderContext {
  language: string;
  /** The parts' texts by name. */
  parts: Record<string, string>;
  /** Fields that may be empty. */
  optional: Set<string>;
  /** Throws if there is no such article. */
  articleUrl: (name: string) => KbUrl;
  /** Fewer steps than others may take. */
  maxSteps?: number;
}
/** A value as text, as it enters a reply. */
type KbPrinted = string | KbUrl;
type KbFilter = (state: KbRenderState, value: unknown, ...args: unknown[]) => unknown;
/** A scope of LiquidJS: that of a loop tells of its rounds. */
interface KbScope {
  forloop?: { length: number };
}

/** A token of markdown-it's, or one of ours. */
interface KbToken {
  type: string;
  tag: string;
  content: string;
  info: string;
  markup: string;
  /** 1 for what opens, -1 for what closes. */
  nesting: number;
  hidden: boolean;
  /** `at`: where in its block's text a line ends. */
  meta?: KbMeta | null;
  /** The first line of the source, and the one behind the last. */
  map: [number, number] | null;
  /** All are texts but where a list begins, whose number is made one where attributes are read. */
  attrs: [string, string][] | null;
  children: KbToken[] | null;
}
/** What is known of a token: a task that is done, a footnote's number, a heading's id. */
interface KbMeta {
  at?: number;
  checked?: boolean;
  id?: number | string;
}
interface KbNode {
  type: string;
  content: string;
  children: KbNode[];
  attrs: Record<string, string>;
  tag: string;
  info: string;
  hidden: boolean;
  meta: KbMeta;
}
/** What a target shows: signs of tasks to do and done, whether a box is a quote, and whether tags are. */
interface KbForm {
  tasks: [string, string];
  isQuote: boolean;
  hasTags: boolean;
}
/** What a marker stands in: `own` is an address that is its own text. */
type KbSpotKind = "text" | "line" | "code" | "fence" | "address" | "own" | "title";

type KbPlainerWriter = (node: KbNode, form: KbForm) => KbNode[];
type KbNodeWriter = (node: KbNode) => string;
type KbMarkedWriter = (node: KbNode, marks: KbMarks) => string;
/** How a format of plain text marks what is more than text. */
interface KbMarks {
  escape: (text: string) => string;
  strong: (piece: string) => string;
  em: (piece: string) => string;
  strike: (piece: string) => string;
  code: (text: string) => string;
  block: (text: string) => string;
  link: (label: string, address: string) => string;
  heading: (piece: string) => string;
  bullet: string;
  /** Whether its marks need a zero-width blank where they would touch a word. */
  blanks: boolean;
}
/** A filled-in body, as the formats write it. */
interface KbBody {
  source: string;
  language: string;
  /** Of the source, with markers. */
  tokens: KbToken[];
  values: KbPrinted[];
  /** With the values in place. */
  nodes: KbNode[];
}
interface KbRenderer {
  render: (body: KbBody) => string;
  plain: string;
  html?: string;
  key?: string;
}

/** What content/patterns.py makes of a pattern: classes of letters, and steps. */
interface KbPattern {
  classes: string[];
  steps: KbStep[];
}
type KbStep = [kind: string, one?: number, two?: number];
/** A field of a macro, as site/macro.py writes it. */
interface KbField {
  name: string;
  label: string;
  help: string;
  type: string;
  /** Values, each with its label. */
  choices: KbChoice[];
  default: string | null;
  required: boolean;
  pattern: KbPattern | null;
  /** A value of the ticket or the agent that it takes over. */
  from: string;
  remember: boolean;
}
type KbValue = string | KbNumber | boolean | string[] | KbDay | KbUrl;
/** What a date is read by: 5/6 is in May where the month goes first. */
interface KbCalendar {
  today: KbDay;
  isMonthFirst: boolean;
  /** The customer's, as in JP: its holidays are no business days. */
  country: string;
}
/** Reads the groups of a form, and `whole`, the text itself. */
type KbDateReader = (found: Record<string, string>, calendar: KbCalendar) => KbDay | null;
type KbParser = (field: KbField, text: string, calendar: KbCalendar) => KbValue;
interface KbFieldType {
  parse: KbParser;
  control: KbControlMaker;
  standIn?: string;
  empty?: KbValue;
}
type KbTexts = Record<string, string>;
/** See model/feedback.py. */
type KbFeedback =
  | { kind: "vote"; page: string; helpful: boolean }
  | { kind: "comment"; page: string; text: string }
  | { kind: "miss"; query: string };
/** What stands on the page for a field, and holds its text. */
interface KbControl {
  node: HTMLElement;
  /** What is called invalid where the text is; of a group, the whole. */
  input: HTMLElement;
  /** Whether it is several inputs with a label each. */
  isGroup: boolean;
  get: () => string;
  set: (text: string) => void;
  focus: () => void;
  /** Told which day the text means, empty for none. */
  picked?: (iso: string) => void;
}
/** What became of a copy: "refused" leaves on the clipboard what was there. */
type KbCopied = "copied" | "refused" | "unsure";
type KbControlMaker = (
  field: KbField,
  attributes: { id: string; name: string; [name: string]: string },
  texts: KbTexts,
) => KbControl;

/** Values by name, in groups such as `ticket.requester`. */
interface KbGroup {
  [name: string]: unknown;
}
/** A macro as site/macro.py writes it. */
interface KbMacro {
  id: string;
  title: string;
  language: string;
  subject: string;
  body: string;
  parts: Record<string, string>;
  fields: KbField[];
  actions: Record<string, string | string[]>;
  articles: Record<string, { url?: string; error?: string }>;
  unportable: string;
  /** What looks like a hole and is meant, as a comment beside it says. */
  allowedHoles: string[];
}
/** What a form is built from. */
interface KbRequest {
  macro: KbMacro;
  agent: KbGroup;
  ticket: KbGroup;
  kb: KbGroup;
  /** What kb.toml says of the team, for the macro's language. */
  team: KbGroup;
  /** Values that are not typed into the form, by name or path. */
  given: Record<string, string>;
  /** Values last used, by field. */
  remembered: Record<string, string>;
  now: KbDay;
  /** The agent's own, such as en-US. */
  locale?: string;
  /** Of the settings: the customers'. */
  country?: string;
  articleUrl: (name: string) => KbUrl;
  /** Whether a single line end is one in the reply, and no blank. */
  keepsLines: boolean;
}
interface KbMissingField {
  field: KbField;
  proposal: string | null;
}
/** A field as it stands in the form. `fault` says why its text is no value. */
interface KbRow {
  field: KbField;
  text: string;
  value?: KbValue;
  isMissing?: boolean;
  fault?: string;
  hint?: string;
  kind?: string;
}
/** A filled-in macro; `formats` by name. */
interface KbReply {
  subject: string;
  formats: Record<string, string>;
  /** What looks like a hole that the author left, as it is written. */
  holes: string[];
}
interface KbFormState {
  rows: KbRow[];
  reply: KbReply | null;
  fault: string;
  isDone: boolean;
}
interface KbMacroRow {
  id: string;
  /** The first folder of its id; empty for none. */
  section: string;
  title: string;
  address: string;
  summary: string;
  shortcut: string;
  words: string;
  /** The name of its language, where that is not the page's. */
  other: string;
}
