/** What of a sentence can be compared with another one. */
export interface Statement {
  text: string;
  /** Figures in one form: `2,161,000` is `2161000`. */
  numbers: ReadonlySet<string>;
  /** Words written as names, in lower case. */
  names: ReadonlySet<string>;
  /** Stems of the words that carry meaning, names among them. */
  stems: ReadonlySet<string>;
  isNegated: boolean;
}

const STOP = new Set(
  (
    'a an the and or but nor so yet if then than as of in on at to for from by with about into over under between after before during without within ' +
    'is are was were be been being am do does did done has have had having will would shall should can could may might must ' +
    'i you he she it we they me him her us them my your his its our their this that these those there here who whom whose which what when where why how ' +
    'not no never none neither also only just very more most much many some any each every all both such same other another own too now still even well ' +
    'however therefore moreover furthermore according'
  ).split(' '),
);

const NEGATION = /\b(?:not|no|never|none|neither|nor|without|cannot|hardly)\b|n['’]t\b/i;

const NUMBER_WORDS = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, n) => [word, String(n)]),
);
/** What is also an article or a pronoun counts as a figure only where it is written as one. */
const NOT_COUNTED = new Set(['one', 'zero']);

const NUMBER = /(?<![\p{L}\p{N}.])\d+(?:[.,]\d+)*/gu;
const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;

const plainNumber = (text: string): string => {
  const plain = text.replace(/,(?=\d{3}(?:\D|$))/g, '');
  return Number.isNaN(Number(plain)) ? plain : String(Number(plain));
};

/** So rough that `invented`, `invents` and `inventing` meet, and no rougher. */
export const stemOf = (word: string): string => {
  const plain = word.toLowerCase().replace(/['’]s$/, '');
  if (plain.length < 5) return plain.replace(/(?<=\p{L}{3})s$/u, '');
  return plain
    .replace(/(?:ing|edly|ed|ly|es|s)$/, '')
    .replace(/(?:ie|y|i)$/, 'i')
    .replace(/(?<=\p{L}{3})e$/u, '');
};

/** Whether a word is written as a name. The first of a sentence is capitalised anyway, unless it is so throughout, as `NASA`. */
const isName = (word: string, at: number): boolean =>
  /^\p{Lu}/u.test(word) && !STOP.has(word.toLowerCase()) && (at > 0 || /^\p{Lu}[\p{Lu}\d]+$/u.test(word));

export const readStatement = (text: string): Statement => {
  const words = text.match(WORD) ?? [];
  const counted = words.map((word) => word.toLowerCase()).filter((word) => !NOT_COUNTED.has(word));
  const numbers = [
    ...(text.match(NUMBER) ?? []).map(plainNumber),
    ...counted.map((word) => NUMBER_WORDS.get(word)).filter((number) => number !== undefined),
  ];
  const content = words.filter((word) => !STOP.has(word.toLowerCase()) && !/^\d/.test(word));
  return {
    text,
    numbers: new Set(numbers),
    names: new Set(words.filter(isName).map((word) => word.toLowerCase().replace(/['’]s$/, ''))),
    stems: new Set(content.filter((word) => !NUMBER_WORDS.has(word.toLowerCase())).map(stemOf)),
    isNegated: NEGATION.test(text),
  };
};
