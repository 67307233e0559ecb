import { characters, runsOf } from './runs';
import type { View } from './view';

const MOST_CHARACTERS = 65_536;

const fromBytes = (bytes: readonly number[]): string => Buffer.from(bytes).toString('utf8');
const numbersIn = (coded: string, pattern: RegExp, base: number): number[] =>
  Array.from(coded.matchAll(pattern), ([digits]) => parseInt(digits, base));

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const fromBase32 = (coded: string): string => {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of coded.replaceAll('=', '').toLowerCase()) {
    held = ((held << 5) | BASE32.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return fromBytes(bytes);
};

/** ITU-R M.1677-1, letters and digits. */
const MORSE: ReadonlyMap<string, string> = new Map(
  (
    '.- a -... b -.-. c -.. d . e ..-. f --. g .... h .. i .--- j -.- k .-.. l -- m -. n --- o .--. p --.- q .-. r ... s ' +
    '- t ..- u ...- v .-- w -..- x -.-- y --.. z ----- 0 .---- 1 ..--- 2 ...-- 3 ....- 4 ..... 5 -.... 6 --... 7 ---.. 8 ----. 9'
  )
    .split(' ')
    .reduce<[string, string][]>((table, part, i, all) => {
      if (i % 2 === 0) table.push([part, all[i + 1] ?? '']);
      return table;
    }, []),
);
const fromMorse = (coded: string): string =>
  coded
    .split(/\s*[/|]\s*|\s{3,}|\n/)
    .map((word) => Array.from(word.matchAll(/[.-]+/g), ([sign]) => MORSE.get(sign) ?? '\0').join(''))
    .join(' ');

interface Coding {
  id: string;
  /** What a payload is made of but for its padding, and the length it has at least: the pattern is tried in such runs only. */
  made: Uint8Array;
  shortest: number;
  pattern: RegExp;
  decode: (coded: string) => string;
}

const WRAPPED = characters(/[A-Za-z0-9+/_\r\n-]/);
const DIGITS = characters(/[0-9 ,;-]/);

const CODINGS: readonly Coding[] = [
  {
    id: 'base64',
    made: WRAPPED,
    shortest: 16,
    // Mail and PEM wrap it after at most 76 characters.
    pattern:
      /(?<![A-Za-z0-9+/_-])(?:(?:[A-Za-z0-9+/_-]{60,76}\r?\n){1,1600}[A-Za-z0-9+/_-]{2,76}|[A-Za-z0-9+/_-]{16,100000})={0,2}/g,
    decode: (coded) => Buffer.from(coded, 'base64').toString('utf8'),
  },
  {
    id: 'base32',
    made: characters(/[A-Z2-7]/),
    shortest: 24,
    pattern: /(?<![A-Za-z0-9])[A-Z2-7]{24,100000}={0,6}(?![A-Za-z0-9])/g,
    decode: fromBase32,
  },
  {
    id: 'hex',
    made: characters(/[0-9A-Fa-fx\\ ,:]/),
    shortest: 20,
    pattern: /(?<![0-9A-Fa-f])(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[ ,:]?){10,50000}/g,
    decode: (coded) => fromBytes(numbersIn(coded.replaceAll(/0x|\\x/g, ''), /[0-9A-Fa-f]{2}/g, 16)),
  },
  {
    id: 'binary',
    made: DIGITS,
    shortest: 42,
    pattern: /(?<![01])(?:[01]{7,8}[ ,]?){6,50000}/g,
    decode: (coded) =>
      fromBytes(/[ ,]/.test(coded) ? numbersIn(coded, /[01]{7,8}/g, 2) : numbersIn(coded, /[01]{8}/g, 2)),
  },
  {
    id: 'decimal',
    made: DIGITS,
    shortest: 30,
    pattern:
      /(?<![\d.])(?:(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])[ ,;-]{1,2}){9,50000}(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])(?![\d.])/g,
    decode: (coded) => fromBytes(numbersIn(coded, /\d{2,3}/g, 10)),
  },
  {
    id: 'morse',
    made: characters(/[.\-/| \n]/),
    shortest: 15,
    pattern: /(?<![.\w-])(?:[.-]{1,6}[ \n/|]{1,4}){7,50000}[.-]{1,6}(?![\w-])/g,
    decode: fromMorse,
  },
];

/** Control characters and what is no character: bytes that are not text hold one almost surely. */
const ODD = /[^\P{C}\p{Cf}\n\r\t]|\ufffd/u;
const WORDS = /\p{L}{2}[\s_,.%+-]{1,3}\p{L}{2}/u;
/** What another layer of coding looks like: one long token. */
const CODED = /^[\w+/=\\%.\- ]{16,}$/;

/** Signs behind a run that belong to a payload, and one more that must not: `=` is put behind base32 up to six times. */
const PADDING = 7;

/** Matches of a coding's pattern in all runs of its characters, with their offsets in the text. */
const codedIn = (text: string, { made, shortest, pattern }: Coding): [at: number, coded: string][] => {
  const found: [number, string][] = [];
  const runs = runsOf(text, made, shortest);
  for (let i = 0; i < runs.length; i += 2) {
    const from = Math.max(0, (runs[i] ?? 0) - 1);
    for (const { index, 0: coded } of text.slice(from, (runs[i + 1] ?? 0) + PADDING).matchAll(pattern))
      found.push([from + index, coded]);
  }
  return found;
};

/** A piece of text that was coded within another. */
interface Payload {
  start: number;
  end: number;
  text: string;
}

const SEPARATOR = '\n.\n';

/** The first of rising numbers that is greater than `at`. */
const indexOf = (rising: readonly number[], at: number): number => {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
};

/**
 * Finds coded text: base64, base32, hex, binary, decimal character codes, Morse. Of each payload at most 65,536 characters are
 * read. The views report what is found in a payload at the whole of its coded form.
 */
export const decodePayloads = ({ text, span, hiddenIn }: View): View[] =>
  CODINGS.flatMap((coding) => {
    const { id, decode } = coding;
    const payloads: Payload[] = [];
    const ends: number[] = [];
    let length = 0;
    for (const [index, coded] of codedIn(text, coding)) {
      const decoded = decode(coded.slice(0, MOST_CHARACTERS * 8)).slice(0, MOST_CHARACTERS);
      if (ODD.test(decoded)) continue;
      if (!WORDS.test(decoded) && !CODED.test(decoded)) continue;
      payloads.push({ start: index, end: index + coded.length, text: decoded });
      ends.push((length += decoded.length + SEPARATOR.length));
    }
    if (payloads.length === 0) return [];
    return [
      {
        text: payloads.map((payload) => payload.text).join(SEPARATOR),
        span: (at: number) => {
          const payload = payloads[indexOf(ends, at)];
          return payload ? span(payload.start, payload.end) : ([0, 0] as const);
        },
        hiddenIn: [...hiddenIn, id],
      },
    ];
  });
