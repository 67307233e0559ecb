import { alongOrigin, type View } from './view';

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  colon: ':',
  newline: '\n',
  tab: '\t',
};
/** `\u0069`, `\u{69}`, `\x69`, `\151`, `\n`, `&#105;`, `&#x69;`, `&lt;`, `%69`, `=69`. */
const ESCAPE =
  /\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\([0-3][0-7]{2})|&#x([0-9a-f]{1,6});?|&#(\d{2,7});?|&(lt|gt|amp|quot|apos|nbsp|colon|newline|tab);|%([0-9a-f]{2})|=([2-7][0-9a-f])|\\[nrt]/gi;
/** Most texts have none of these, and are spared the search. */
const MAY_ESCAPE = /\\[ux0-7nrt]|&[#a-z]|%[0-9a-f]{2}|=[2-7][0-9a-f]/i;
const LAST_CODE_POINT = 0x10ffff;
/** So many within so many characters are no accident; further apart they are, as in a list of addresses with queries. */
const FEWEST = 3;
const WITHIN = 200;

const letterOf = (code: number): string => (code > 0 && code <= LAST_CODE_POINT ? String.fromCodePoint(code) : '');
const HEX = 16;

/** Percent and quoted-printable escapes are bytes of UTF-8; the others are characters. */
const decodeOne = (parts: readonly (string | undefined)[]): string | number => {
  const [, braced, unicode, hex, octal, entityHex, entity, named, percent, quoted] = parts;
  const byte = percent ?? quoted;
  if (byte !== undefined) return parseInt(byte, HEX);
  if (named !== undefined) return NAMED[named.toLowerCase()] ?? '';
  if (octal !== undefined) return letterOf(parseInt(octal, 8));
  if (entity !== undefined) return letterOf(parseInt(entity, 10));
  const code = braced ?? unicode ?? hex ?? entityHex;
  return code === undefined ? ' ' : letterOf(parseInt(code, HEX));
};

/** Whether enough escapes stand close together. */
const areMeant = (text: string): boolean => {
  const last = new Array<number>(FEWEST - 1).fill(-Infinity);
  ESCAPE.lastIndex = 0;
  while (ESCAPE.test(text)) {
    if (ESCAPE.lastIndex - (last.shift() ?? -Infinity) <= WITHIN) return true;
    last.push(ESCAPE.lastIndex);
  }
  return false;
};

/**
 * The text with escapes replaced by what they stand for, each at its own place, so that a word half escaped is whole again.
 * Undefined for a text in which no three stand close together.
 */
export const unescapeText = ({ text, span, hiddenIn }: View): View | undefined => {
  if (!MAY_ESCAPE.test(text) || !areMeant(text)) return undefined;

  const parts: string[] = [];
  // No escape is shorter than what it stands for.
  const origin = new Uint32Array(text.length + 1);
  let length = 0;
  let copied = 0;
  let bytes: number[] = [];
  let bytesFrom = 0;
  const put = (piece: string, at: number, step: 0 | 1): void => {
    parts.push(piece);
    for (let i = 0; i < piece.length; i++) origin[length++] = at + i * step;
  };
  const flush = (): void => {
    if (bytes.length === 0) return;
    put(Buffer.from(bytes).toString('utf8'), bytesFrom, 0);
    bytes = [];
  };

  ESCAPE.lastIndex = 0;
  for (let hit = ESCAPE.exec(text); hit; hit = ESCAPE.exec(text)) {
    if (hit.index > copied) {
      flush();
      put(text.slice(copied, hit.index), copied, 1);
    }
    const decoded = decodeOne(hit);
    if (typeof decoded === 'number') {
      // One byte may be the whole character: then it keeps its own place.
      if (decoded < 0x80) {
        flush();
        put(String.fromCharCode(decoded), hit.index, 0);
      } else {
        if (bytes.length === 0) bytesFrom = hit.index;
        bytes.push(decoded);
      }
    } else {
      flush();
      put(decoded, hit.index, 0);
    }
    copied = hit.index + hit[0].length;
  }
  flush();
  put(text.slice(copied), copied, 1);
  origin[length++] = text.length;
  return {
    text: parts.join(''),
    span: alongOrigin(origin.subarray(0, length), span),
    hiddenIn: [...hiddenIn, 'escapes'],
  };
};
