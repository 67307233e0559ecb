/** Text as the injection rules read it, with the way back to the original. */
export interface Folded {
  /** Lower case, without accents and invisible characters, look-alikes replaced, white space runs as one space. */
  text: string;
  /** `origin[i]` is the UTF-16 offset in the original of what became `text[i]`; one entry more than `text` is long. */
  origin: Uint32Array;
}

/** Cyrillic, Greek and other letters drawn like Latin ones, after lower-casing (Unicode TR 39, the common part). */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    ё: 'e',
    ғ: 'f',
    һ: 'h',
    і: 'i',
    ї: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    ц: 'u',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    у: 'y',
    ү: 'y',
    α: 'a',
    β: 'b',
    ε: 'e',
    γ: 'y',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    σ: 'o',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ω: 'w',
    η: 'n',
    μ: 'u',
    ı: 'i',
    ɡ: 'g',
    ɑ: 'a',
    ʟ: 'l',
    ɩ: 'i',
    օ: 'o',
    ս: 'u',
    ո: 'n',
    հ: 'h',
    ց: 'g',
    ɴ: 'n',
    ʀ: 'r',
    ɪ: 'i',
  }),
);
const PUNCTUATION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '’': "'",
    '‘': "'",
    '‛': "'",
    '`': "'",
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

/** Characters that show nothing: soft hyphen, zero-width, direction marks, variation selectors, tags. */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/;
const ACCENT = /[\u0300-\u036f]/g;
const LATIN = /[a-z]/i;
const FOREIGN = /[\u0250-\u02af\u0370-\u058f]/;

const ASCII_END = 0x80;
const MOST_BACK = 32;
const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;

/** A tag character (U+E0020 to U+E007E) hides an ASCII character in plain sight; to a model it is readable. */
const foldCodePoint = (character: string, isMixedWord: boolean): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xe0020 && code <= 0xe007e) return String.fromCharCode(code - 0xe0000).toLowerCase();
  if (INVISIBLE.test(character)) return '';
  const punctuation = PUNCTUATION.get(character);
  if (punctuation !== undefined) return punctuation;
  const plain = character.normalize('NFKD').replace(ACCENT, '').normalize('NFC').toLowerCase();
  return isMixedWord ? (LOOK_ALIKES.get(plain) ?? plain) : plain;
};

const BOUNDARY = /[\s.,;:!?"'()[\]{}<>/\\|=+*&^%$#@~`-]/;
/** The word around a position, so that look-alikes are folded only where Latin letters stand beside them. */
const wordEnd = (text: string, from: number): number => {
  let end = from;
  while (end < text.length && !BOUNDARY.test(text.charAt(end))) end++;
  return end;
};

/** Grows the folded text and the way back together. */
class Builder {
  private readonly parts: string[] = [];
  private origin: Uint32Array;
  private length = 0;
  afterSpace = true;

  constructor(private readonly source: string) {
    this.origin = new Uint32Array(source.length + 64);
  }

  /** `piece` stands for what begins at `at`; `step` is 1 when its characters map one to one. */
  put(piece: string, at: number, step: 0 | 1 = 0): void {
    if (this.length + piece.length >= this.origin.length) {
      const larger = new Uint32Array((this.length + piece.length) * 2);
      larger.set(this.origin);
      this.origin = larger;
    }
    this.parts.push(piece);
    for (let i = 0; i < piece.length; i++) this.origin[this.length++] = at + i * step;
    this.afterSpace = false;
  }

  space(at: number): void {
    if (!this.afterSpace) this.put(' ', at);
    this.afterSpace = true;
  }

  done(): Folded {
    const origin = this.origin.slice(0, this.length + 1);
    origin[this.length] = this.source.length;
    return { text: this.parts.join(''), origin };
  }
}

const asciiEnd = (text: string, from: number): number => {
  let end = from;
  while (end < text.length && text.charCodeAt(end) < ASCII_END && !isSpace(text.charCodeAt(end))) end++;
  return end;
};

/** Whether Latin letters and look-alikes from another script stand in the word that holds `at`. */
const isMixed = (text: string, at: number, end: number): boolean => {
  let begin = at;
  while (begin > 0 && at - begin < MOST_BACK && !BOUNDARY.test(text.charAt(begin - 1))) begin--;
  const word = text.slice(begin, end).normalize('NFKC');
  return LATIN.test(word) && FOREIGN.test(word);
};

/**
 * Folds a text for comparison (NFKC, case, accents, look-alikes in words that mix scripts, invisible characters, white
 * space), keeping the offset of every character. Linear in its length.
 */
export const fold = (text: string): Folded => {
  const folded = new Builder(text);
  let wordUntil = 0;
  let isMixedWord = false;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) {
      folded.space(i++);
    } else if (code < ASCII_END) {
      const end = asciiEnd(text, i);
      folded.put(text.slice(i, end).toLowerCase(), i, 1);
      i = end;
    } else {
      if (i >= wordUntil) {
        wordUntil = wordEnd(text, i);
        isMixedWord = isMixed(text, i, wordUntil);
      }
      const character = String.fromCodePoint(text.codePointAt(i) ?? code);
      const piece = foldCodePoint(character, isMixedWord);
      if (piece !== '' && piece.trim() === '') folded.space(i);
      else if (piece !== '') folded.put(piece, i);
      i += character.length;
    }
  }
  return folded.done();
};
