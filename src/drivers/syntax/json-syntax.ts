import { placeOf } from './place';
import type { SyntaxVerdict } from './syntax.port';

/** Blanks, then one token in its first group; what no token fits leaves the group out. */
const TOKEN =
  /[ \t\r\n]*([{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w))?/y;

type Place = 'value' | 'first item' | 'first name' | 'name' | 'colon' | 'more';

const closer = (open: string | undefined): string => (open === '{' ? '}' : ']');

const wanted = (place: Place, open: string | undefined): string => {
  if (place === 'colon') return '":"';
  if (place === 'name') return 'a name in double quotes';
  if (place === 'first name') return 'a name in double quotes or "}"';
  if (place === 'more') return open === undefined ? 'the end' : `"," or "${closer(open)}"`;
  return place === 'first item' ? 'a value or "]"' : 'a value';
};

/** Where a token leads to; nothing where it may not stand. */
const after = (token: string, place: Place, open: string[]): Place | undefined => {
  const ends = place === 'more' || place === 'first item' || place === 'first name';
  if ((token === '}' || token === ']') && ends && token === closer(open.at(-1)) && open.pop() !== undefined) {
    return 'more';
  }
  if (place === 'colon') return token === ':' ? 'value' : undefined;
  if (place === 'name' || place === 'first name') return token.startsWith('"') ? 'colon' : undefined;
  if (place === 'more') {
    if (token !== ',' || open.length === 0) return undefined;
    return open.at(-1) === '{' ? 'name' : 'value';
  }
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'first name' : 'first item';
  }
  return /^[}\],:]/.test(token) ? undefined : 'more';
};

/** The language's own parser decides; where it objects, the place is looked up, which it does not always tell. */
export const checkJson = (source: string): SyntaxVerdict => {
  try {
    JSON.parse(source);
    return { ok: true };
  } catch (error) {
    return { fault: findFault(source) ?? { message: (error as Error).message } };
  }
};

const findFault = (source: string): { message: string; line: number; column: number } | undefined => {
  const open: string[] = [];
  let place: Place = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const [whole = '', token] = TOKEN.exec(source) ?? [];
    const end = at + whole.length;
    const begin = end - (token?.length ?? 0);
    if (token === undefined && end === source.length) {
      if (place === 'more' && open.length === 0) return undefined;
      return { message: `it ends where ${wanted(place, open.at(-1))} is expected`, ...placeOf(source, end) };
    }
    const next: Place | undefined = token === undefined ? undefined : after(token, place, open);
    if (next === undefined) {
      const shown = JSON.stringify(token?.slice(0, 30) ?? String.fromCodePoint(source.codePointAt(begin) ?? 0));
      const message = `unexpected ${shown}, where ${wanted(place, open.at(-1))} is expected`;
      return { message, ...placeOf(source, begin) };
    }
    place = next;
    at = end;
  }
};
