export type Language = 'python' | 'javascript' | 'ruby' | 'perl' | 'php' | 'lua' | 'awk' | 'applescript';

export interface Syntax {
  /** Sticky patterns. */
  comment: RegExp;
  /** Strings that hold no code; the first group that matched is the content. */
  strings: RegExp[];
  /** Backticks and `%x(…)` run a command. */
  command?: RegExp;
  hasRegex: boolean;
}

const DOUBLE = /"((?:[^"\\]|\\[\s\S])*)"?/y;
const SINGLE = /'((?:[^'\\]|\\[\s\S])*)'?/y;
const BACKTICK = /`((?:[^`\\]|\\[\s\S])*)`?/y;

const HASH: Syntax = { comment: /#[^\n]*/y, strings: [DOUBLE, SINGLE], hasRegex: false };

export const SYNTAXES: Readonly<Record<Language, Syntax>> = {
  python: {
    comment: /#[^\n]*/y,
    strings: [
      /[rbfuRBFU]{0,2}"""((?:[^\\"]|\\[\s\S]|"(?!""))*)(?:""")?/y,
      /[rbfuRBFU]{0,2}'''((?:[^\\']|\\[\s\S]|'(?!''))*)(?:''')?/y,
      /[rbfuRBFU]{0,2}"((?:[^"\\\n]|\\[\s\S])*)"?/y,
      /[rbfuRBFU]{0,2}'((?:[^'\\\n]|\\[\s\S])*)'?/y,
    ],
    hasRegex: false,
  },
  javascript: { comment: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y, strings: [DOUBLE, SINGLE, BACKTICK], hasRegex: true },
  ruby: { ...HASH, command: /`((?:[^`\\]|\\[\s\S])*)`?|%x[({[|!]([^)}\]|!]*)[)}\]|!]?/y },
  perl: {
    ...HASH,
    strings: [DOUBLE, SINGLE, /\bqq?[({[|!]([^)}\]|!]*)[)}\]|!]/y],
    command: /`((?:[^`\\]|\\[\s\S])*)`?|\bqx[({[|!/]([^)}\]|!/]*)[)}\]|!/]?/y,
  },
  php: {
    comment: /\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
    strings: [DOUBLE, SINGLE],
    command: BACKTICK,
    hasRegex: false,
  },
  lua: { comment: /--[^\n]*/y, strings: [DOUBLE, SINGLE, /\[\[([\s\S]*?)(?:\]\]|$)/y], hasRegex: false },
  awk: { ...HASH, strings: [DOUBLE], hasRegex: false },
  applescript: { ...HASH, comment: /--[^\n]*/y, strings: [DOUBLE], hasRegex: false },
};
