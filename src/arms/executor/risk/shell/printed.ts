import { FETCHED, UNKNOWN } from '../unseen';
import { unescapeAnsiC } from './ansi-c';
import { filterOf } from './filters';

const FETCHERS = new Set([
  'curl',
  'wget',
  'fetch',
  'lynx',
  'nc',
  'ncat',
  'aria2c',
  'http',
  'https',
  'xh',
  'ftp',
  'socat',
]);
const MARKED_TEMPORARY = '/tmp/made-by-mktemp';

const echoed = (args: readonly string[]): string => {
  const flags = args.findIndex((arg) => !/^-[neE]+$/.test(arg));
  const options = args.slice(0, flags < 0 ? args.length : flags).join('');
  const text = args.slice(flags < 0 ? args.length : flags).join(' ');
  // Some shells decode escapes without being asked to.
  const decoded = options.includes('e') || /\\(x|0\d)/.test(text) ? unescapeAnsiC(text) : text;
  return options.includes('n') ? decoded : `${decoded}\n`;
};

const MOST_ROUNDS = 1_000;

const formatted = (args: readonly string[]): string => {
  const [first = '', ...others] = args[0] === '--' ? args.slice(1) : args;
  if (first === '-v') return '';
  const format = unescapeAnsiC(first);
  const values = [...others];
  let text = '';
  for (let round = 0; round === 0 || (values.length > 0 && round < MOST_ROUNDS); round += 1) {
    const before = values.length;
    text += format.replace(/%(%|[-+ #0]*\d*(?:\.\d+)?([a-zA-Z]))/g, (_, what: string, letter?: string) => {
      if (what === '%') return '%';
      const value = values.shift() ?? '';
      return letter === 'b' ? unescapeAnsiC(value) : value;
    });
    if (values.length === before) break;
  }
  return text;
};

/** Programs that print where another lies: the name will do. */
const located = (args: readonly string[]): string => args.findLast((arg) => !arg.startsWith('-')) ?? UNKNOWN;

/**
 * What a command prints, as far as it follows from its words and its input. What a server sends and what a decoder makes of
 * unknown input have marks of their own.
 */
export const printedBy = (name: string, args: readonly string[], input: string): string => {
  if (name === 'echo') return echoed(args);
  if (name === 'printf') return formatted(args);
  if (name === 'which' || name === 'type' || (name === 'command' && /^-[vV]/.test(args[0] ?? ''))) return located(args);
  if (name === 'mktemp') return MARKED_TEMPORARY;
  if (name === 'basename') return (args[0] ?? '').split('/').at(-1) ?? '';
  if (['true', 'false', ':', 'cd', 'set', 'export', 'sleep', 'mkdir'].includes(name)) return '';
  if (FETCHERS.has(name)) return FETCHED;
  return filterOf(name)?.(args, input) ?? UNKNOWN;
};
