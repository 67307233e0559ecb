import { drawnLike, LATIN_VARIANTS } from './look-alikes';

/** Text as the injection rules read it, with the way back to the original. */
export interface Folded {
  /** Lower case, without accents and invisible characters, look-alikes replaced, white space runs as one space. */
  readonly text: string;
  /** `origin[i]` is the UTF-16 offset in the original of what became `text[i]`; one entry more than `text` is long. */
  readonly origin: Uint32Array;
  /** True if a word mixes Latin letters with those of another script, which honest words hardly do. */
  readonly hasMixedWords: boolean;
}

const PUNCTUATION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '’': "'",
    '‘': "'",
    '‛': "'",
    '“': '"',
    '”': '"',
    '„': '"',
    '«': '"',
    '»': '"',
    '–': '-',
    '—': '-',
    '‐': '-',
    '‑': '-',
    '。': '.',
    '、': ',',
  }),
);

/** Characters that show nothing: soft hyphen, zero-width, direction marks, variation selectors. */
const INVISIBLE =
  /^[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|^[\u{e0100}-\u{e01ef}\u{1d173}-\u{1d17a}]/u;
/** Accents, points of Hebrew and Arabic, hamza marks, the nukta: writers leave them out at will. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g;
const LATIN = /[a-z]/i;
const FOREIGN = /[\u0370-\u058f\u05d0-\u05ea\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff\uab70-\uabbf]/;

const ASCII_ONLY = /^[\0-\x7f]*$/;
const ASCII_END = 0x80;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const TO_LOWER = 0x20;
const ASCII_SPACE = /[\t-\r ]{2,}|[\t-\r]/g;
const MOST_BACK = 32;
const LAST_OF_BMP = 0xffff;
const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;

/** Letters in circles and squares that Unicode does not decompose, and flags spelled by letter. */
const LETTER_SIGNS: readonly (readonly [from: number, to: number])[] = [
  [0x1f150, 0x1f169],
  [0x1f170, 0x1f189],
  [0x1f1e6, 0x1f1ff],
];

/** A tag character (U+E0020 to U+E007E) hides an ASCII character in plain sight; to a model it is readable. */
const foldBeyondBmp = (code: number): string | undefined => {
  if (code >= 0xe0020 && code <= 0xe007e) return String.fromCharCode(code - 0xe0000).toLowerCase();
  const range = LETTER_SIGNS.find(([from, to]) => code >= from && code <= to);
  return range && String.fromCharCode(0x61 + code - range[0]);
};

/** What a character is in any word, and what in a word that mixes scripts. */
interface Forms {
  plain: string;
  mixed: string;
}

const formsOf = (character: string): Forms => {
  const sign = foldBeyondBmp(character.codePointAt(0) ?? 0) ?? PUNCTUATION.get(character);
  if (sign !== undefined) return { plain: sign, mixed: sign };
  if (INVISIBLE.test(character)) return { plain: '', mixed: '' };
  const bare = character.normalize('NFKD').replace(MARKS, '').normalize('NFC');
  const lowered = bare.toLowerCase().replace(MARKS, '');
  const plain = LATIN_VARIANTS.get(lowered) ?? lowered;
  return { plain, mixed: drawnLike(bare, lowered) ?? plain };
};

/** Normalising is slow, and a text uses few characters often. */
const known = new Map<number, Forms>();
const MOST_KNOWN = 20_000;
const formsAt = (code: number): Forms => {
  let forms = known.get(code);
  if (!forms) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(code, (forms = formsOf(String.fromCodePoint(code))));
  }
  return forms;
};

const BOUNDARY = /[\s.,;:!?"'()[\]{}<>/\\|=+*&^%$#@~`-]/;
/** A table, because a pattern asked for every character is many times slower. */
const BOUNDARIES = Uint8Array.from({ length: LAST_OF_BMP + 1 }, (_, code) =>
  BOUNDARY.test(String.fromCharCode(code)) ? 1 : 0,
);
const wordEnd = (text: string, from: number): number => {
  let end = from;
  while (end < text.length && BOUNDARIES[text.charCodeAt(end)] !== 1) end++;
  return end;
};

/** Whether Latin letters and letters of another script stand in the word that holds `at`. */
const isMixed = (text: string, at: number, end: number): boolean => {
  let begin = at;
  while (begin > 0 && at - begin < MOST_BACK && BOUNDARIES[text.charCodeAt(begin - 1)] !== 1) begin--;
  const word = text.slice(begin, end);
  if (!FOREIGN.test(word)) return false;
  return LATIN.test(word) || LATIN.test(word.normalize('NFKC'));
};

/** Grows the folded text, or with it the way back, which most texts are never asked for. */
class Builder {
  private codes: Uint16Array;
  private way: Uint32Array | undefined;
  private length = 0;
  private afterSpace = true;
  hasMixedWords = false;

  constructor(
    private readonly source: string,
    withWay: boolean,
  ) {
    this.codes = new Uint16Array(source.length + 16);
    if (withWay) this.way = new Uint32Array(source.length + 16);
  }

  putAscii(code: number, at: number): void {
    if (this.length + 1 >= this.codes.length) this.grow(1);
    if (this.way) this.way[this.length] = at;
    this.codes[this.length++] = code >= UPPER_A && code <= UPPER_Z ? code + TO_LOWER : code;
    this.afterSpace = false;
  }

  /** `piece` stands for what begins at `at`. */
  put(piece: string, at: number): void {
    // One place stays free for the end of the way back.
    if (this.length + piece.length >= this.codes.length) this.grow(piece.length);
    for (let i = 0; i < piece.length; i++) {
      if (this.way) this.way[this.length] = at;
      this.codes[this.length++] = piece.charCodeAt(i);
    }
    this.afterSpace = false;
  }

  space(at: number): void {
    if (!this.afterSpace) this.put(' ', at);
    this.afterSpace = true;
  }

  get text(): string {
    return Buffer.from(this.codes.buffer, 0, this.length * 2).toString('utf16le');
  }

  get origin(): Uint32Array {
    const way = this.way ?? new Uint32Array(0);
    way[this.length] = this.source.length;
    return way.subarray(0, this.length + 1);
  }

  private grow(by: number): void {
    const size = (this.length + by) * 2;
    const codes = new Uint16Array(size);
    codes.set(this.codes);
    this.codes = codes;
    if (!this.way) return;
    const way = new Uint32Array(size);
    way.set(this.way);
    this.way = way;
  }
}

const build = (text: string, everyWord: boolean, withWay: boolean): Builder => {
  const folded = new Builder(text, withWay);
  let wordUntil = 0;
  let isMixedWord = false;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) {
      folded.space(i++);
    } else if (code < ASCII_END) {
      folded.putAscii(code, i++);
    } else {
      if (i >= wordUntil) {
        wordUntil = wordEnd(text, i);
        isMixedWord = isMixed(text, i, wordUntil);
        folded.hasMixedWords ||= isMixedWord;
      }
      const codePoint = text.codePointAt(i) ?? code;
      const { plain, mixed } = formsAt(codePoint);
      const piece = isMixedWord || everyWord ? mixed : plain;
      if (piece !== '' && piece.trim() === '') folded.space(i);
      else if (piece !== '') folded.put(piece, i);
      i += codePoint > LAST_OF_BMP ? 2 : 1;
    }
  }
  return folded;
};

/** Where characters came from is worked out only when it is asked for. */
class LazyFold implements Folded {
  private way: Uint32Array | undefined;

  constructor(
    private readonly source: string,
    readonly text: string,
    readonly hasMixedWords: boolean,
    private readonly everyWord: boolean,
  ) {}

  get origin(): Uint32Array {
    return (this.way ??= build(this.source, this.everyWord, true).origin);
  }
}

/** ASCII folds by built-in means, many times faster. */
const foldAscii = (source: string): string => {
  const spaced = source.toLowerCase().replace(ASCII_SPACE, ' ');
  return spaced.startsWith(' ') ? spaced.slice(1) : spaced;
};

/**
 * Folds a text for comparison (NFKC, case, accents, look-alikes in words that mix scripts, invisible characters, white
 * space), keeping the offset of every character. Linear in its length. With `everyWord`, look-alikes are replaced in all
 * words, which spoils honest text in those scripts.
 */
export const fold = (text: string, everyWord = false): Folded => {
  if (ASCII_ONLY.test(text)) return new LazyFold(text, foldAscii(text), false, everyWord);
  const built = build(text, everyWord, false);
  return new LazyFold(text, built.text, built.hasMixedWords, everyWord);
};
