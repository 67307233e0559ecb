import type { StyleRules } from './style-rules';

/** Places told of one kind of fault. */
const MOST_PLACES = 3;

/** Comments and strings, whole: what stands in them follows rules of its own. */
const PYTHON_QUIET = /#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;
const OTHER_QUIET =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|`(?:\\[\s\S]|[^`\\])*`?|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;
/** In these languages one kind of quotes is for characters, or lifetimes: there is no choice. */
const NO_CHOICE = new Set(['go', 'rust', 'java', 'c', 'cpp', 'csharp']);

const quietIn = (code: string, language: string): RegExpExecArray[] => [
  ...code.matchAll(language === 'python' ? PYTHON_QUIET : OTHER_QUIET),
];
const lineOf = (code: string, at: number): number => code.slice(0, at).split('\n').length;

const longLines = (code: string, most: number): string[] =>
  code.split('\n').flatMap((line, at) => {
    const length = Array.from(line).length;
    // An address cannot be broken.
    return length > most && !/https?:\/\/\S{30}/.test(line) ? [`line ${at + 1} has ${length} characters`] : [];
  });

/** How far each line that follows the opening of a block goes in; what a bracket or a string continues is laid out freely. */
const badIndents = (code: string, language: string, indent: number | 'tab'): string[] => {
  const quiet = language === 'python' ? PYTHON_QUIET : OTHER_QUIET;
  const lines = code.replace(quiet, (text) => text.replace(/[^\n]/g, '_')).split('\n');
  const opens =
    language === 'python'
      ? /^\s*(?:async |def |class |if |elif |else|for |while |try|except|finally|with |match |case ).*:\s*(?:_*)$/
      : /\{\s*(?:_*)$/;
  return lines.flatMap((line, at) => {
    const [outer = ''] = /^[ \t]*/.exec(line) ?? [];
    const next = lines.slice(at + 1).findIndex((one) => one.trim() !== '' && !/^_*$/.test(one.trim()));
    const inside = lines[at + 1 + next] ?? '';
    if (!opens.test(line) || next < 0 || /^\s*[}\])]/.test(inside)) return [];
    const [inner = ''] = /^[ \t]*/.exec(inside) ?? [];
    const isRight = indent === 'tab' ? inner === `${outer}\t` : inner === outer + ' '.repeat(indent);
    return isRight ? [] : [`line ${at + 2 + next}`];
  });
};

const badQuotes = (code: string, language: string, wanted: 'single' | 'double'): string[] => {
  if (NO_CHOICE.has(language)) return [];
  const [good, bad] = wanted === 'single' ? ["'", '"'] : ['"', "'"];
  return quietIn(code, language)
    .filter(([text]) => text.startsWith(bad) && !text.startsWith(bad.repeat(3)) && !text.slice(1, -1).includes(good))
    .map(({ index }) => `line ${lineOf(code, index)}`);
};

const DECLARED = /\b(?:def|function\*?|func|fn|const|let|var)\s+(?:mut\s+)?([A-Za-z_$][\w$]*)/g;
const IS_SNAKE = /^_*[a-z0-9]+(?:_[a-z0-9]+)*_*$/;
const IS_CAMEL = /^[_$]*[a-z][A-Za-z0-9$]*$/;
/** Constants and classes follow rules of their own. */
const IS_OTHER = /^_*(?:[A-Z][A-Z0-9_]*|[A-Z][A-Za-z0-9]*)$/;

const badNames = (code: string, language: string, naming: 'snake_case' | 'camelCase'): string[] => {
  const quiet = language === 'python' ? PYTHON_QUIET : OTHER_QUIET;
  const plain = code.replace(quiet, (text) => text.replace(/[^\n]/g, ' '));
  const isGood = naming === 'snake_case' ? IS_SNAKE : IS_CAMEL;
  const names = [...plain.matchAll(DECLARED)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !isGood.test(name) && !IS_OTHER.test(name));
};

const told = (places: readonly string[], rule: string): string[] => {
  if (places.length === 0) return [];
  const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : '';
  return [`${rule}: ${places.slice(0, MOST_PLACES).join(', ')}${more}`];
};

/** Where code departs from the style that was asked for, one line for each rule. */
export const styleFaults = (
  code: string,
  language: string,
  { maxLine, indent, quotes, naming }: StyleRules,
): string[] => [
  ...(maxLine === undefined ? [] : told(longLines(code, maxLine), `style: lines have at most ${maxLine} characters`)),
  ...(indent === undefined
    ? []
    : told(
        badIndents(code, language, indent),
        `style: blocks are indented by ${indent === 'tab' ? 'a tab' : `${indent} spaces`}`,
      )),
  ...(quotes === undefined ? [] : told(badQuotes(code, language, quotes), `style: ${quotes} quotes`)),
  ...(naming === undefined ? [] : told(badNames(code, language, naming), `style: names are ${naming}`)),
];
