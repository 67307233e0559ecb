import { NestingError } from '../shell/reader';
import { UNKNOWN } from '../unseen';
import { MODULE_OF, MODULES } from './effects';
import type { Language } from './language';
import type { Token } from './tokens';

export interface CallSite {
  /** `os.remove`, or what it is known to stand for. */
  name: string;
  /** The text in each argument, joined; unknown text where it is computed. A list counts as several. */
  texts: string[];
  /** Whether the first argument is a list of words. */
  isList: boolean;
  /** Whether the call stands behind another value, as a method of something nobody knows. */
  isMethod: boolean;
}

const is = (token: Token | undefined, text: string): boolean => token?.kind === 'mark' && token.text === text;
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);
/** Longer argument lists are cut; nested calls are read by themselves. */
const MOST_TOKENS = 400;

const stringOf = (token: Token, constants: ReadonlyMap<string, string>): string =>
  token.kind === 'string' ? token.text : token.kind === 'name' ? (constants.get(token.text) ?? UNKNOWN) : UNKNOWN;

type Arguments = Pick<CallSite, 'texts' | 'isList'> & { length: number };

const argumentsAt = (tokens: readonly Token[], open: number, constants: ReadonlyMap<string, string>): Arguments => {
  const texts: string[] = [];
  let current: string | undefined;
  let depth = 0;
  const first = tokens[open + 1];
  const isList = is(first, '[') || (is(first, '(') && !is(tokens[open + 2], ')'));
  const flush = (): void => {
    if (current !== undefined) texts.push(current);
    current = undefined;
  };
  let at = open;
  for (; at < Math.min(tokens.length, open + MOST_TOKENS); at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'mark') {
      if (OPENING.has(token.text)) depth += 1;
      else if (CLOSING.has(token.text)) {
        depth -= 1;
        if (depth === 0) break;
      } else if (token.text === ',' || token.text === '=' || token.text === ':') flush();
      continue;
    }
    const text = stringOf(token, constants);
    current = current === undefined ? text : current + text;
  }
  flush();
  return { texts, isList, length: at - open };
};

/** Without parentheses, as Ruby and Perl allow: the strings that follow. */
const bareArguments = (tokens: readonly Token[], from: number, constants: ReadonlyMap<string, string>): string[] => {
  const texts: string[] = [];
  for (let at = from; at < tokens.length; at += 2) {
    const token = tokens[at];
    if (token === undefined || (token.kind !== 'string' && token.kind !== 'name')) break;
    texts.push(stringOf(token, constants));
    if (!is(tokens[at + 1], ',')) break;
  }
  return texts;
};

const moduleName = (name: string): string => MODULE_OF[name] ?? name.replace(/^node:/, '');

/** Names that stand for modules or their functions, from `import`, `require`, `__import__` and assignments of them. */
const aliasesOf = (tokens: readonly Token[]): Map<string, string> => {
  const aliases = new Map<string, string>();
  tokens.forEach((token, at) => {
    if (token.kind !== 'name') return;
    const [next, second, third] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
    if (token.text === 'import' && next?.kind === 'name') {
      // `import os as o`; `import fs from 'fs'`.
      if (second?.text === 'as' && third !== undefined) aliases.set(third.text, moduleName(next.text));
      if (second?.text === 'from' && third?.kind === 'string') aliases.set(next.text, moduleName(third.text));
    }
    if (token.text === 'import' && is(next, '*') && second?.text === 'as' && third !== undefined) {
      const from = tokens[at + 5];
      if (from?.kind === 'string') aliases.set(third.text, moduleName(from.text));
    }
    if (token.text === 'from' && next?.kind === 'name' && second?.text === 'import')
      importedNames(tokens, at + 3, next.text, aliases);
    if (
      (token.text === 'require' ||
        token.text === '__import__' ||
        token.text === 'import_module' ||
        token.text === 'import') &&
      is(next, '(') &&
      second?.kind === 'string'
    )
      assigned(tokens, at, moduleName(second.text), aliases);
    if (token.text === 'from' && next?.kind === 'string' && is(tokens[at - 1], '}'))
      destructured(tokens, at - 1, moduleName(next.text), aliases);
  });
  return aliases;
};

const importedNames = (tokens: readonly Token[], from: number, module: string, aliases: Map<string, string>): void => {
  for (let at = from; at < tokens.length; at += 1) {
    const [token, next, alias] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (is(token, '(') || is(token, ',')) continue;
    if (token?.kind !== 'name') return;
    aliases.set(next?.text === 'as' ? (alias?.text ?? '') : token.text, `${module}.${token.text}`);
    if (next?.text === 'as') at += 2;
    if (!is(tokens[at + 1], ',')) return;
  }
};

/** `const { a: b, c } = require(…)`: the closing brace stands at `end`. */
const destructured = (tokens: readonly Token[], end: number, module: string, aliases: Map<string, string>): void => {
  for (let at = end - 1; at >= Math.max(0, end - MOST_TOKENS) && !is(tokens[at], '{'); at -= 1) {
    const token = tokens[at];
    if (token?.kind !== 'name' || token.text === 'as') continue;
    const isRenamed = is(tokens[at - 1], ':') || tokens[at - 1]?.text === 'as';
    aliases.set(token.text, `${module}.${isRenamed ? (tokens[at - 2]?.text ?? '') : token.text}`);
    if (isRenamed) at -= 2;
  }
};

/** `x = require('fs')`, `{a} = require('fs')`; `require('fs').promises` is taken for the module. */
const assigned = (tokens: readonly Token[], at: number, module: string, aliases: Map<string, string>): void => {
  let before = at - 1;
  while (['await', 'importlib'].includes(tokens[before]?.text ?? '') || is(tokens[before], '.')) before -= 1;
  if (!is(tokens[before], '=')) return;
  const target = tokens[before - 1];
  if (target?.kind === 'name') aliases.set(target.text, module);
  if (is(target, '}')) destructured(tokens, before - 1, module, aliases);
};

const constantsOf = (tokens: readonly Token[]): Map<string, string> => {
  const constants = new Map<string, string>();
  tokens.forEach((token, at) => {
    const after = tokens[at + 3];
    if (
      token.kind === 'name' &&
      is(tokens[at + 1], '=') &&
      tokens[at + 2]?.kind === 'string' &&
      !is(after, '+') &&
      !is(after, '%')
    )
      constants.set(token.text, tokens[at + 2]?.text ?? '');
  });
  return constants;
};

/** The dotted name that ends at a token, and whether something unnamed stands before it. */
const dottedName = (tokens: readonly Token[], end: number): { name: string; isMethod: boolean } => {
  const parts = [tokens[end]?.text ?? ''];
  let at = end - 1;
  while (/^(\.|::|->|\?\.)$/.test(tokens[at]?.text ?? '') && parts.length < 5) {
    const before = tokens[at - 1];
    if (before?.kind === 'name') {
      parts.unshift(before.text);
      at -= 2;
      continue;
    }
    // `require('fs').rmSync`, `__import__('os').system`.
    const [name, open, module] = [tokens[at - 4], tokens[at - 3], tokens[at - 2]];
    if (
      is(before, ')') &&
      is(open, '(') &&
      module?.kind === 'string' &&
      /^(require|__import__|import_module)$/.test(name?.text ?? '')
    ) {
      return { name: [moduleName(module.text), ...parts].join('.'), isMethod: false };
    }
    return { name: parts.join('.'), isMethod: true };
  }
  return { name: parts.join('.'), isMethod: parts.length > 1 && !MODULES.has(parts[0] ?? '') };
};

/** How many times a token may be looked at on average, besides what is always allowed. */
const LOOKS = 8;
const ALWAYS_LOOKS = 50_000;

const BARE_LANGUAGES: readonly Language[] = ['ruby', 'perl', 'applescript', 'lua'];

/** The calls in a program, with names of modules resolved. Errors: `NestingError`. */
export const callsIn = (language: Language, tokens: readonly Token[]): CallSite[] => {
  const aliases = aliasesOf(tokens);
  const constants = constantsOf(tokens);
  const allowsBare = BARE_LANGUAGES.includes(language);
  const calls: CallSite[] = [];
  let budget = tokens.length * LOOKS + ALWAYS_LOOKS;
  tokens.forEach((token, at) => {
    if (token.kind === 'command') calls.push({ name: 'system', texts: [token.text], isList: false, isMethod: false });
    if (token.kind !== 'name') return;
    const next = tokens[at + 1];
    const isBare =
      allowsBare &&
      next !== undefined &&
      (next.kind === 'string' || (next.kind === 'name' && next.text.startsWith('$')));
    if (!is(next, '(') && !isBare) return;
    const { name, isMethod } = dottedName(tokens, at);
    const [head = '', ...rest] = name.split('.');
    const alias = aliases.get(head);
    const full = alias === undefined ? name : [alias, ...rest].join('.');
    const isKnown = alias !== undefined || !isMethod;
    const found = isBare
      ? { texts: bareArguments(tokens, at + 1, constants), isList: false, length: 1 }
      : argumentsAt(tokens, at + 1, constants);
    budget -= found.length;
    // Arguments are read again for every call they stand in.
    if (budget < 0) throw new NestingError();
    const { texts, isList } = found;
    calls.push({ name: full, texts, isList, isMethod: !isKnown });
    // `getattr(os, 'system')('…')`
    if (
      name === 'getattr' &&
      tokens[at + 2]?.kind === 'name' &&
      tokens[at + 4]?.kind === 'string' &&
      is(tokens[at + 6], '(')
    )
      calls.push({
        name: `${aliases.get(tokens[at + 2]?.text ?? '') ?? tokens[at + 2]?.text ?? ''}.${tokens[at + 4]?.text ?? ''}`,
        ...argumentsAt(tokens, at + 6, constants),
        isMethod: false,
      });
  });
  return calls;
};
