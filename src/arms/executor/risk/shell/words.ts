import { unescapeAnsiC } from './ansi-c';
import type { Reader } from './reader';
import type { Part, Script, Word } from './script';

/** Reads a script up to the given end: for `$(…)`, which holds one. */
export type ReadScript = (reader: Reader) => Script;
/** Parses a text of its own: for backticks, whose inner quoting must be undone first. */
export type ParseText = (text: string) => Script;

export interface Nested {
  script: ReadScript;
  text: ParseText;
}

const PLAIN = /[^\s\\'"`$|&;<>()#{}!?*+@]+/y;
const IN_QUOTES = /[^\\"`$]+/y;
const NAME = /[A-Za-z_]\w*|[0-9@*#?$!-]/y;
const IN_BRACES = /[!#]?(?:[A-Za-z_]\w*|\d+|[@*#?$!-])?(?:\[[^\]}$`"']*\])?/y;
const OPERATOR = /:[-=+?]|:|##?|%%?|\/\/?|\^\^?|,,?|@|[-=+?]/y;
const ENDS_WORD = /[\s|&;<>()]/;

/** Collects parts, joining neighbours of the same kind. */
class Parts {
  readonly word: Word = [];

  text(text: string, quoted: boolean): void {
    const last = this.word.at(-1);
    if (last?.kind === 'text' && last.quoted === quoted) last.text += text;
    else this.word.push({ kind: 'text', text, quoted });
  }

  add(part: Part): void {
    this.word.push(part);
  }
}

const ARITHMETIC_AHEAD = 300;

/** Whether `((…` at the reader is arithmetic and not a subshell within parentheses: it ends with both at once. */
const isArithmetic = (reader: Reader): boolean => {
  let open = 0;
  const end = Math.min(reader.text.length, reader.at + ARITHMETIC_AHEAD);
  for (let at = reader.at; at < end; at += 1) {
    const char = reader.text.charAt(at);
    open += char === '(' ? 1 : char === ')' ? -1 : 0;
    if (open === 1 && char === ')') return reader.text.charAt(at + 1) === ')';
  }
  return false;
};

/** Steps over `((…))`. It gives a number, but what stands in it may run commands, which become parts. */
export const skipArithmetic = (reader: Reader, nested: Nested, parts: Parts = new Parts()): boolean => {
  if (!reader.looksAt('((') || !isArithmetic(reader)) return false;
  reader.at += 2;
  let open = 2;
  while (!reader.ended && open > 0) {
    if (reader.next === '$') dollar(reader, nested, parts, true);
    else if (reader.next === '`') backticks(reader, nested, parts, true);
    else {
      open += reader.next === '(' ? 1 : reader.next === ')' ? -1 : 0;
      reader.at += 1;
    }
  }
  return true;
};

/** Reads `$…`; the dollar stands at the reader. */
const dollar = (reader: Reader, nested: Nested, parts: Parts, quoted: boolean): void =>
  reader.nest(() => expansion(reader, nested, parts, quoted));

const expansion = (reader: Reader, nested: Nested, parts: Parts, quoted: boolean): void => {
  reader.at += 1;
  if (skipArithmetic(reader, nested, parts)) return;
  if (reader.skip('(')) {
    parts.add({ kind: 'script', script: nested.script(reader), use: 'output', quoted });
    return;
  }
  if (reader.skip('{')) {
    braces(reader, nested, parts, quoted);
    return;
  }
  if (!quoted && reader.skip("'")) {
    parts.text(unescapeAnsiC(ansiCText(reader)), true);
    return;
  }
  if (!quoted && reader.next === '"') return;
  const [name] = reader.match(NAME) ?? [];
  if (name === undefined) parts.text('$', quoted);
  else parts.add({ kind: 'variable', name, operator: '', operand: [], quoted });
};

const ansiCText = (reader: Reader): string => {
  const begin = reader.at;
  while (!reader.ended && reader.next !== "'") reader.at += reader.next === '\\' ? 2 : 1;
  const text = reader.text.slice(begin, reader.at);
  reader.at += 1;
  return text;
};

const braces = (reader: Reader, nested: Nested, parts: Parts, quoted: boolean): void => {
  const name = reader.match(IN_BRACES)?.[0] ?? '';
  const operator = reader.match(OPERATOR)?.[0] ?? '';
  const operand = new Parts();
  while (!reader.ended && reader.next !== '}') piece(reader, nested, operand, quoted);
  reader.at += 1;
  parts.add({ kind: 'variable', name, operator, operand: operand.word, quoted });
};

const backticks = (reader: Reader, nested: Nested, parts: Parts, quoted: boolean): void => {
  reader.at += 1;
  const begin = reader.at;
  while (!reader.ended && reader.next !== '`') reader.at += reader.next === '\\' ? 2 : 1;
  const inner = reader.text.slice(begin, reader.at).replace(quoted ? /\\([\\`$"])/g : /\\([\\`$])/g, '$1');
  reader.at += 1;
  parts.add({ kind: 'script', script: nested.text(inner), use: 'output', quoted });
};

const inDoubleQuotes = (reader: Reader, nested: Nested, parts: Parts, end: string): void => {
  while (!reader.ended) {
    const { next } = reader;
    if (next === end) {
      reader.at += 1;
      return;
    }
    if (next === '$') dollar(reader, nested, parts, true);
    else if (next === '`') backticks(reader, nested, parts, true);
    else if (next === '\\') {
      const escaped = reader.text.charAt(reader.at + 1);
      reader.at += 2;
      if (escaped !== '\n') parts.text(/[\\"$`]/.test(escaped) ? escaped : `\\${escaped}`, true);
    } else parts.text(reader.match(IN_QUOTES)?.[0] ?? reader.text.charAt(reader.at++), true);
  }
};

/** One piece of a word: a quoted part, an expansion, an escape, or plain text. */
const piece = (reader: Reader, nested: Nested, parts: Parts, quoted = false): void => {
  const { next } = reader;
  if (next === "'" && !quoted) {
    reader.at += 1;
    parts.text(reader.until("'"), true);
  } else if (next === '"') {
    reader.at += 1;
    parts.text('', true);
    inDoubleQuotes(reader, nested, parts, '"');
  } else if (next === '\\') {
    const escaped = reader.text.charAt(reader.at + 1);
    reader.at += 2;
    if (escaped !== '\n') parts.text(escaped, true);
  } else if (next === '$') dollar(reader, nested, parts, quoted);
  else if (next === '`') backticks(reader, nested, parts, quoted);
  else parts.text(reader.match(PLAIN)?.[0] ?? reader.text.charAt(reader.at++), quoted);
};

/** A word as it stands at the reader, or undefined when none begins here. */
export const readWord = (reader: Reader, nested: Nested): Word | undefined => {
  const parts = new Parts();
  const begin = reader.at;
  while (!reader.ended) {
    if (/^[<>]\($/.test(reader.peek(2))) {
      reader.at += 2;
      parts.add({ kind: 'script', script: nested.script(reader), use: 'file', quoted: true });
    } else if (/^[?*+@!]\($/.test(reader.peek(2)) && reader.at > begin) {
      parts.text(`${reader.until(')')})`, false);
    } else if (ENDS_WORD.test(reader.next)) break;
    else piece(reader, nested, parts);
  }
  return reader.at === begin ? undefined : parts.word;
};

/** The text of a here-document whose delimiter is not quoted: as within double quotes, but for the quotes. */
export const readHereText = (reader: Reader, nested: Nested): Word => {
  const parts = new Parts();
  inDoubleQuotes(reader, nested, parts, '');
  return parts.word;
};
