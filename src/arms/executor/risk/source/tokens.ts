import { unescapeAnsiC } from '../shell/ansi-c';
import { UNKNOWN } from '../unseen';
import { type Language, SYNTAXES } from './language';

export interface Token {
  kind: 'name' | 'string' | 'command' | 'number' | 'mark';
  /** A string's content, with escapes decoded and interpolated parts unknown. */
  text: string;
}

const BLANK = /\s+/y;
const NAME = /[A-Za-z_$@][\w$]*[!?]?/y;
const NUMBER = /\d[\w.]*/y;
/** Bounded, so that many beginnings of long expressions cost no more than their number. */
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,80}\]){1,300}\/[a-z]*/y;
const MARK = /::|->|=>|=~|[=!]==?|&&|\|\||<<|>>|[\s\S]/y;
const BEFORE_REGEX = /^(?:[=(,:[!&|?{};+~]|=>|&&|\|\||return|typeof|case|in|of)$/;
/** `f"{x}"`, `${x}`, `#{x}`, `$x`. */
const INTERPOLATED = /\$\{[^{}]*\}|#\{[^{}]*\}/g;

const content = (language: Language, raw: string, match: RegExpExecArray): string => {
  const groups: (string | undefined)[] = match.slice(1);
  const inner = groups.find((group) => group !== undefined) ?? '';
  const prefix = /^[a-zA-Z]*/.exec(raw)?.[0].toLowerCase() ?? '';
  const text = prefix.includes('r') && language === 'python' ? inner : unescapeAnsiC(inner);
  if (language === 'python') return prefix.includes('f') ? text.replace(/\{[^{}]*\}/g, UNKNOWN) : text;
  return text.replace(INTERPOLATED, UNKNOWN);
};

/** The tokens of a program outside its comments. Linear in the length. */
export const tokensOf = (language: Language, source: string): Token[] => {
  const { comment, strings, command, hasRegex } = SYNTAXES[language];
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null || match[0] === '') return null;
    at += match[0].length;
    return match;
  };
  const scan = (): void => {
    if (take(BLANK) !== null || take(comment) !== null) return;
    const run = command && take(command);
    if (run) {
      tokens.push({ kind: 'command', text: content(language, run[0], run) });
      return;
    }
    for (const pattern of strings) {
      const match = take(pattern);
      if (match === null) continue;
      tokens.push({ kind: 'string', text: content(language, match[0], match) });
      return;
    }
    if (
      hasRegex &&
      source.charAt(at) === '/' &&
      BEFORE_REGEX.test(tokens.at(-1)?.text ?? '(') &&
      take(REGEX) !== null
    ) {
      tokens.push({ kind: 'string', text: '' });
      return;
    }
    const name = take(NAME);
    const number = name ?? take(NUMBER);
    if (number !== null) tokens.push({ kind: name === null ? 'number' : 'name', text: number[0] });
    else tokens.push({ kind: 'mark', text: take(MARK)?.[0] ?? '' });
  };
  while (at < source.length) scan();
  return tokens;
};
