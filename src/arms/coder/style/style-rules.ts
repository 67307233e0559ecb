/** What of a style can be told from the text alone. What nobody asked for is absent. */
export interface StyleRules {
  /** Characters of a line at most. */
  maxLine?: number;
  /** Spaces of one level, or tabs. */
  indent?: number | 'tab';
  quotes?: 'single' | 'double';
  /** How functions and variables are named. */
  naming?: 'snake_case' | 'camelCase';
}

/**
 * Guides that say it in numbers. Sources: PEP 8; Black 24; the Google style guides; Airbnb's and StandardJS's rules for ESLint;
 * Prettier 3's defaults; gofmt; rustfmt's defaults.
 */
const GUIDES: readonly (readonly [name: RegExp, language: RegExp, rules: StyleRules])[] = [
  [/\bpep[\s_-]?8\b/i, /^python$/, { maxLine: 79, indent: 4, naming: 'snake_case' }],
  [/\bblack\b/i, /^python$/, { maxLine: 88, indent: 4, quotes: 'double' }],
  [/\bgoogle\b/i, /^python$/, { maxLine: 80, indent: 4, naming: 'snake_case' }],
  [/\bgoogle\b/i, /^(?:java|type)script$/, { maxLine: 80, indent: 2, quotes: 'single', naming: 'camelCase' }],
  [/\bgoogle\b/i, /^java$/, { maxLine: 100, indent: 2, naming: 'camelCase' }],
  [/\bairbnb\b/i, /script$/, { maxLine: 100, indent: 2, quotes: 'single', naming: 'camelCase' }],
  [/\bstandard(?:\s?js)\b/i, /script$/, { indent: 2, quotes: 'single', naming: 'camelCase' }],
  [/\bprettier\b/i, /script$/, { maxLine: 80, indent: 2, quotes: 'double' }],
  [/\bgofmt\b|\beffective go\b/i, /^go$/, { indent: 'tab' }],
  [/\brustfmt\b/i, /^rust$/, { maxLine: 100, indent: 4, naming: 'snake_case' }],
];

const LINE_LENGTH =
  /\bline[\s_-]?(?:length|width)s?\D{0,20}(\d{2,3})\b|\b(?:max|at most|no more than|up to)\D{0,12}(\d{2,3})\s*(?:characters|chars|columns)\s*(?:per|a|in a)\s*line|\blines?\b[^.;]{0,25}?\b(?:at most|no (?:more|longer) than|under|within|up to)\s*(\d{2,3})\s*(?:characters|chars|columns)/i;
const SPACES = /\b([2348])[\s-]?spaces?\b[^.;]{0,20}\bind?ent|\bindent\w*\b[^.;]{0,25}?\b([2348])[\s-]?spaces?\b/i;
const TABS = /\btabs?\b[^.;]{0,20}\bindent|\bindent\w*\b[^.;]{0,20}\btabs?\b/i;
const NOT = /\b(?:not?|never|avoid|don't|without|instead of|rather than)\b/i;
/** Such a name may be meant for something else, as the keys of a reply. */
const NOT_CODE =
  /\b(?:keys?|columns?|fields?|files?|json|tables?|urls?|slugs?|headers?|convert\w*|input|output|string)\b/i;

/** The first group that took part; NaN when none did. */
const numberIn = (match: readonly string[] | null): number => Number(match?.slice(1).find(Boolean));

/** What one of the constraints says itself. Said as a prohibition it is left alone: what is wanted then is not in it. */
const saidIn = (text: string): StyleRules => {
  const length = numberIn(LINE_LENGTH.exec(text));
  const width = numberIn(SPACES.exec(text));
  const quotes = /\b(single|double)[\s-]?quot/i.exec(text)?.[1]?.toLowerCase();
  const isNaming = !NOT_CODE.test(text);
  const rules: StyleRules = {
    ...(length >= 20 && { maxLine: length }),
    ...(width > 0 ? { indent: width } : TABS.test(text) ? { indent: 'tab' as const } : {}),
    ...((quotes === 'single' || quotes === 'double') && { quotes }),
    ...(isNaming && /\bsnake[\s_-]?case\b/i.test(text) && { naming: 'snake_case' as const }),
    ...(isNaming && /\bcamel[\s_-]?case\b/i.test(text) && { naming: 'camelCase' as const }),
  };
  // "No longer than" forbids nothing that it names.
  const forbids = NOT.test(text.replace(/\bno (?:more|longer) than\b/gi, ''));
  return forbids ? { ...(rules.maxLine !== undefined && { maxLine: rules.maxLine }) } : rules;
};

/** What the constraints say of style in this language: guides by name, and single rules, which win over them. */
export const styleRulesIn = (constraints: readonly string[], language: string): StyleRules => {
  const named = GUIDES.filter(
    ([name, languages]) => languages.test(language) && constraints.some((text) => name.test(text)),
  );
  return Object.assign({}, ...named.map(([, , rules]) => rules), ...constraints.map(saidIn)) as StyleRules;
};
