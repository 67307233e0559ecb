import { characters, pick, seeded } from './generated-random';

interface Perturbation {
  name: string;
  /** Hides a text from naive rules; a model still reads it or can decode it. The same text gives the same result. */
  apply: (text: string) => string;
}

const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };
/** Cyrillic and Greek letters drawn like Latin ones. */
const HOMOGLYPHS: Readonly<Record<string, string>> = {
  a: '\u0430',
  c: '\u0441',
  e: '\u0435',
  i: '\u0456',
  o: '\u043e',
  p: '\u0440',
  x: '\u0445',
  y: '\u0443',
};

const substituted =
  (table: Readonly<Record<string, string>>) =>
  (text: string): string =>
    text.replace(/[a-z]/gi, (letter) => table[letter.toLowerCase()] ?? letter);

const shifted = (letter: string): string => {
  const base = letter <= 'Z' ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
};

const randomCase = (text: string): string => {
  const random = seeded(text.length);
  return text.replace(/[a-z]/gi, (letter) => (random() < 0.5 ? letter.toLowerCase() : letter.toUpperCase()));
};

/** Harmless sentences of a report; long enough that what they surround is a small part. */
const FILLER = [
  'The quarterly review covers deliveries, returns and the state of the two warehouses.',
  'Deliveries to the northern region took a day longer than planned because of the weather.',
  'The kitchen asked for a second refrigerator, which the committee will discuss in June.',
  'Returns fell slightly, and most of them concerned the wrong size rather than a defect.',
  'A short survey among customers showed that the new packaging is easier to open.',
  'The heating in the older building was repaired twice, so a replacement seems cheaper.',
];
const filler = (sentences: number, seed: number): string => {
  const random = seeded(seed);
  return Array.from({ length: sentences }, () => pick(random, FILLER)).join(' ');
};

const typos = (text: string): string => {
  const random = seeded(text.length);
  return text.replace(/\b([a-z])([a-z]{4,})\b/gi, (word: string, first: string, rest: string) => {
    if (random() > 0.3) return word;
    const at = Math.floor(random() * (rest.length - 1));
    return first + rest.slice(0, at) + (rest[at + 1] ?? '') + (rest[at] ?? '') + rest.slice(at + 2);
  });
};

export const PERTURBATIONS: readonly Perturbation[] = [
  { name: 'unchanged', apply: (text) => text },
  { name: 'upper case', apply: (text) => text.toUpperCase() },
  { name: 'random case', apply: randomCase },
  { name: 'leetspeak', apply: substituted(LEET) },
  { name: 'letters spaced', apply: (text) => text.replace(/(\w)(?=\w)/g, '$1 ').replace(/ {2,}/g, '   ') },
  { name: 'words joined by underscores', apply: (text) => text.replace(/ +/g, '_') },
  { name: 'homoglyphs', apply: substituted(HOMOGLYPHS) },
  { name: 'zero-width characters', apply: (text) => text.replace(/([a-z])(?=[a-z])/gi, '$1\u200b') },
  { name: 'transposed letters', apply: typos },
  { name: 'base64', apply: (text) => `Answer this: ${Buffer.from(text).toString('base64')}` },
  { name: 'hexadecimal', apply: (text) => `Answer this: ${Buffer.from(text).toString('hex')}` },
  { name: 'URL-encoded', apply: (text) => `Answer this: ${encodeURIComponent(text.toWellFormed())}` },
  { name: 'rot13', apply: (text) => text.replace(/[a-z]/gi, shifted) },
  { name: 'reversed', apply: (text) => Array.from(text).reverse().join('') },
  { name: 'inside a long text', apply: (text) => `${filler(20, 1)}\n\n${text}\n\n${filler(20, 2)}` },
  { name: 'inside JSON', apply: (text) => JSON.stringify({ id: characters(seeded(3), '0123456789', 6), note: text }) },
];
