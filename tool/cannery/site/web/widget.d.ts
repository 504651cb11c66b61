/** What site/widget.py says of a site, for the widget. */
declare const kbWidget: {
  name: string;
  contact: string;
  languages: string[];
  css: string;
  texts: Record<string, KbTexts>;
};
