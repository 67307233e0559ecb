import { isUnseen, UNKNOWN } from '../unseen';
import { expandBraces } from './brace-expansion';
import type { Part, Script, Word } from './script';
import type { Variables } from './variables';

export interface Expansion {
  variables: Variables;
  /** What a script prints, as far as it can be known; it is assessed on the way. */
  printed: (script: Script) => string;
  /** Counts characters that expansion makes; false when there have been too many. */
  allows: (characters: number) => boolean;
}

const joined = (words: readonly string[]): string => words.join(' ');

const asPattern = (glob: string): string | undefined => (/[*?[\]]/.test(glob) || isUnseen(glob) ? undefined : glob);

const lower = (text: string, all: boolean): string =>
  all ? text.toLowerCase() : text.charAt(0).toLowerCase() + text.slice(1);
const upper = (text: string, all: boolean): string =>
  all ? text.toUpperCase() : text.charAt(0).toUpperCase() + text.slice(1);

const substring = (value: string, range: string): string => {
  const [from = 0, length] = range.split(':').map((each) => Number(each.trim()));
  if (Number.isNaN(from) || Number.isNaN(length ?? 0)) return UNKNOWN;
  const begin = from < 0 ? Math.max(0, value.length + from) : from;
  if (length === undefined) return value.slice(begin);
  return value.slice(begin, length < 0 ? value.length + length : begin + length);
};

const replaced = (value: string, operator: string, operand: string): string => {
  const [pattern = '', ...rest] = operand.split('/');
  const plain = asPattern(pattern);
  if (plain === undefined || plain === '') return UNKNOWN;
  return operator === '//' ? value.replaceAll(plain, rest.join('/')) : value.replace(plain, () => rest.join('/'));
};

const trimmed = (value: string, operator: string, operand: string): string => {
  const plain = asPattern(operand);
  if (plain === undefined) return UNKNOWN;
  if (operator.startsWith('#')) return value.startsWith(plain) ? value.slice(plain.length) : value;
  return value.endsWith(plain) ? value.slice(0, value.length - plain.length) : value;
};

/** What `${name<operator><operand>}` makes of a known value. */
const changed = (value: string, operator: string, operand: string): string => {
  if (operator === ':') return substring(value, operand);
  if (operator.startsWith('/')) return replaced(value, operator, operand);
  if (operator.startsWith('#') || operator.startsWith('%')) return trimmed(value, operator, operand);
  if (operator.startsWith(',')) return lower(value, operator === ',,');
  if (operator.startsWith('^')) return upper(value, operator === '^^');
  return operator === '@' && operand !== 'Q' ? UNKNOWN : value;
};

const variableValues = (part: Extract<Part, { kind: 'variable' }>, expansion: Expansion): readonly string[] => {
  const { operator, operand } = part;
  const isIndirect = part.name.startsWith('!') && part.name.length > 1;
  const [, sigil = '', bare = '', index] = /^([!#]?)([^[]+)(?:\[(.*)\])?$/s.exec(part.name) ?? [, '', part.name];
  if (sigil === '#' && bare !== '') return [UNKNOWN];
  const name = isIndirect ? joined(expansion.variables.get(bare) ?? [UNKNOWN]) : `${sigil}${bare}`;
  const all = expansion.variables.get(name);
  const values = index !== undefined && /^\d+$/.test(index) ? all?.slice(Number(index), Number(index) + 1) : all;
  const given = (): string[] => [expandText(operand, expansion)];
  if (/^:?\+$/.test(operator)) return given();
  if (/^:?[-=]$/.test(operator)) {
    // A variable that only the surroundings could set may also be unset.
    if (values !== undefined && expansion.variables.isOwn(name) && joined(values) !== '') return values;
    if (operator.endsWith('=')) expansion.variables.set(name, given());
    return given();
  }
  if (values === undefined) return [UNKNOWN];
  if (operator === '' || operator.endsWith('?')) return values;
  return values.map((value) => changed(value, operator, given()[0] ?? ''));
};

const partValues = (part: Part, expansion: Expansion): readonly string[] => {
  if (part.kind === 'text') return [part.text];
  if (part.kind === 'variable') return variableValues(part, expansion);
  const printed = expansion.printed(part.script);
  return [part.use === 'file' ? printed || UNKNOWN : printed.replace(/\n+$/, '')];
};

/** Parts a field where unquoted text has white space. */
const split = (text: string): string[] => text.split(/[ \t\n]+/);

/** The words a word becomes: variables, output and braces put in, and parted where the shell would part it. */
export const expandWord = (word: Word, expansion: Expansion): string[] => {
  if (word.every((part) => part.kind === 'text')) {
    const text = word.map((part) => part.text).join('');
    const expands = word.some((part) => !part.quoted && part.text.includes('{')) && text.includes(',');
    return expands ? expandBraces(text) : [home(text, word[0]?.quoted === true)];
  }
  const fields: string[] = [];
  let open: string | undefined;
  for (const part of word) {
    const values = partValues(part, expansion);
    if (!expansion.allows(values.reduce((sum, value) => sum + value.length, 0))) {
      open = (open ?? '') + UNKNOWN;
      continue;
    }
    if (part.kind === 'text') {
      open = (open ?? '') + home(part.text, part.quoted || open !== undefined);
      continue;
    }
    const isList = part.kind === 'variable' && /^@$|\[@\]$/.test(part.name);
    const pieces = part.quoted ? (isList ? values : [joined(values)]) : values.flatMap(split);
    pieces.forEach((piece, index) => {
      if (index > 0) {
        if (open !== undefined && (part.quoted || open !== '')) fields.push(open);
        open = undefined;
      }
      if (piece !== '' || part.quoted) open = (open ?? '') + piece;
      else if (index > 0) open = undefined;
    });
  }
  if (open !== undefined) fields.push(open);
  return fields;
};

/** A tilde at the beginning is a home folder. */
const home = (text: string, quoted: boolean): string =>
  quoted ? text : text.replace(/^~[\w-]*(?=\/|$)/, '/home/user');

/** The same as one text, as for the value of a variable or a here-document. */
export const expandText = (word: Word, expansion: Expansion): string =>
  word
    .map((part) => {
      const text = joined(partValues(part, expansion));
      return expansion.allows(part.kind === 'text' ? 0 : text.length) ? text : UNKNOWN;
    })
    .join('');
