/** Something in a text that turned out to be another text. Offsets are those of the coded form. */
export interface Payload {
  start: number;
  end: number;
  text: string;
  coding: 'base64' | 'hex' | 'binary' | 'percent';
}

const MOST_PAYLOADS = 16;
const MOST_CHARACTERS = 8192;

const fromBytes = (bytes: number[]): string => Buffer.from(bytes).toString('utf8');

const CODINGS: readonly { coding: Payload['coding']; pattern: RegExp; decode: (coded: string) => string }[] = [
  {
    coding: 'base64',
    pattern: /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,16384}={0,2}/g,
    decode: (coded) => Buffer.from(coded, 'base64').toString('utf8'),
  },
  {
    coding: 'hex',
    pattern: /(?<![0-9A-Fa-f])(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[ ,:]?){10,8192}(?![0-9A-Fa-f])/g,
    decode: (coded) =>
      fromBytes((coded.replace(/0x|\\x/g, '').match(/[0-9A-Fa-f]{2}/g) ?? []).map((pair) => parseInt(pair, 16))),
  },
  {
    coding: 'binary',
    pattern: /(?<![01])(?:[01]{8}[ ,]?){6,4096}(?![01])/g,
    decode: (coded) => fromBytes((coded.match(/[01]{8}/g) ?? []).map((octet) => parseInt(octet, 2))),
  },
  {
    coding: 'percent',
    pattern: /(?:%[0-9A-Fa-f]{2}[A-Za-z0-9.,!?_-]{0,12}){6,1024}/g,
    decode: (coded) => {
      try {
        return decodeURIComponent(coded);
      } catch {
        return '';
      }
    },
  },
];

/** At least two words of letters and next to nothing that is not text: chance does not produce this. */
const readsAsText = (text: string): boolean => {
  const odd = text.match(/[^\p{L}\p{M}\p{N}\p{P}\p{Zs}\n\r\t$+<=>^`|~]/gu)?.length ?? 0;
  return odd === 0 && /\p{L}{2,}[\s_,.%+-]{1,3}\p{L}{2,}/u.test(text);
};

/** Finds coded text (base64, hex, binary octets, percent), at most 16 pieces of at most 8,192 characters. */
export const decodePayloads = (text: string): Payload[] => {
  const found: Payload[] = [];
  for (const { coding, pattern, decode } of CODINGS)
    for (const hit of text.matchAll(pattern)) {
      if (found.length >= MOST_PAYLOADS) return found;
      const decoded = decode(hit[0].slice(0, MOST_CHARACTERS * 2)).slice(0, MOST_CHARACTERS);
      if (readsAsText(decoded)) found.push({ start: hit.index, end: hit.index + hit[0].length, text: decoded, coding });
    }
  return found;
};
