import { DECODED, isUnseen, UNKNOWN } from '../unseen';
import { unescapeAnsiC } from './ansi-c';

/** What a program prints that only changes its input: from its arguments and what it reads. Undefined for any other program. */
type Filter = (args: readonly string[], input: string) => string;

const base64 =
  (alphabet: 'base64' | 'base64url'): Filter =>
  (args, input) => {
    if (!args.some((arg) => /^(-[a-zA-Z]*[dD]|--d)/.test(arg))) return UNKNOWN;
    return isUnseen(input) || input === '' ? DECODED : printable(Buffer.from(input, alphabet));
  };

const printable = (bytes: Buffer): string => {
  const text = bytes.toString('utf8').replaceAll('\0', '');
  return text === '' ? DECODED : text;
};

const hex: Filter = (args, input) => {
  if (!args.some((arg) => /^-[a-z]*r/.test(arg))) return UNKNOWN;
  const digits = input.replace(/^[\da-f]+: |\s{2}.*$|\s/gim, '');
  return /^(?:[\da-f]{2})+$/i.test(digits) ? printable(Buffer.from(digits, 'hex')) : DECODED;
};

const RANGE = /(.)-(.)/gs;
const CLASSES: Readonly<Record<string, string>> = { '[:lower:]': 'a-z', '[:upper:]': 'A-Z' };

const charactersOf = (set: string): string[] => {
  const plain = unescapeAnsiC(set.replace(/\[:\w+:\]/g, (name) => CLASSES[name] ?? name));
  return Array.from(
    plain.replace(RANGE, (whole, from: string, to: string) => {
      const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
      if (last < first || last - first > 255) return whole;
      return Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)).join('');
    }),
  );
};

const translate: Filter = (args, input) => {
  const [options, sets] = [args.filter((arg) => /^-./.test(arg)), args.filter((arg) => !/^-./.test(arg))];
  if (options.some((option) => !/^-d$/.test(option))) return UNKNOWN;
  const from = charactersOf(sets[0] ?? '');
  if (options.length > 0)
    return Array.from(input)
      .filter((char) => !from.includes(char))
      .join('');
  const to = charactersOf(sets[1] ?? '');
  const table = new Map(from.map((char, index) => [char, to[index] ?? to.at(-1) ?? '']));
  return Array.from(input, (char) => table.get(char) ?? char).join('');
};

const SUBSTITUTION = /^s(.)((?:(?!\1)[^\\[\]*.^$+?(){}])+)\1((?:(?!\1)[^\\&])*)\1(g?)$/s;

const sed: Filter = (args, input) => {
  const [script, ...more] = args.filter((arg) => arg !== '-e');
  const [, , from, to = '', all] = SUBSTITUTION.exec(script ?? '') ?? [];
  if (from === undefined || more.length > 0) return UNKNOWN;
  return all === 'g' ? input.replaceAll(from, to) : input.replace(from, () => to);
};

const reversed: Filter = (_, input) =>
  input
    .split('\n')
    .map((line) => Array.from(line).reverse().join(''))
    .join('\n');

const asItIs: Filter = (args, input) => (args.some((arg) => !arg.startsWith('-')) ? UNKNOWN : input);
const decodes: Filter = () => DECODED;

const FILTERS: Readonly<Record<string, Filter>> = {
  base64: base64('base64'),
  basenc: base64('base64url'),
  xxd: hex,
  tr: translate,
  sed,
  rev: reversed,
  cat: asItIs,
  tee: (_, input) => input,
  head: asItIs,
  tail: asItIs,
  sort: asItIs,
  uniq: asItIs,
  openssl: decodes,
  base32: decodes,
  gunzip: decodes,
  zcat: decodes,
  gzip: decodes,
  bunzip2: decodes,
  xz: decodes,
  unxz: decodes,
  zstd: decodes,
  uudecode: decodes,
};

export const filterOf = (name: string): Filter | undefined =>
  Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
