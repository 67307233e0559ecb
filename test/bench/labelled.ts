import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from './random';
import type { Region } from './peers';

export interface Labelled {
  text: string;
  /** What has a structure and must be found. */
  wanted: Region[];
  /** What somebody may rightly take for personal data: the wanted, names, places … */
  personal: Region[];
}
export interface LabelledSet {
  name: string;
  items: Labelled[];
}

const FILE = 'pii/presidio-research__synth_dataset_v2.json';
const STRUCTURED: ReadonlySet<string> = new Set([
  'EMAIL_ADDRESS',
  'DOMAIN_NAME',
  'IBAN_CODE',
  'CREDIT_CARD',
  'US_SSN',
  'IP_ADDRESS',
  'PHONE_NUMBER',
  'US_DRIVER_LICENSE',
]);

interface PresidioItem {
  full_text: string;
  spans: { entity_type: string; start_position: number; end_position: number }[];
}

const fromPresidio = (path: string): Labelled[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as PresidioItem[]).map(({ full_text: text, spans }) => {
    const regions = spans.map((span) => ({
      isStructured: STRUCTURED.has(span.entity_type),
      start: span.start_position,
      end: span.end_position,
    }));
    return { text, wanted: regions.filter(({ isStructured }) => isStructured), personal: regions };
  });

/** The last digit that makes a number pass Luhn's check. */
const withLuhn = (digits: string): string => {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, i) => total + (i % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0);
  return digits + String((10 - (sum % 10)) % 10);
};
/** ISO 13616: German, which has digits alone. */
const iban = (random: Random): string => {
  const account = random.digits(18);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
};

const VALUES: readonly [(r: Random) => string, ...((r: Random) => string)[]] = [
  (r) =>
    `${r.pick(['ana', 'k.olsen', 'team-7', 'jo_doe'])}${r.below(99)}@${r.pick(['acme.io', 'post.example-firm.de'])}`,
  (r) => `(${201 + r.below(700)}) ${200 + r.below(700)}-${r.digits(4)}`,
  (r) => `${201 + r.below(700)}-${200 + r.below(700)}-${r.digits(4)}`,
  (r) => `+49 30 ${r.digits(6)}`,
  (r) => `+44 20 79${r.digits(2)} ${r.digits(4)}`,
  (r) => withLuhn(`4${r.digits(14)}`),
  (r) => withLuhn(`5${1 + r.below(5)}${r.digits(13)}`).replace(/(\d{4})(?=\d)/g, '$1 '),
  (r) => `${100 + r.below(500)}-${10 + r.below(89)}-${1000 + r.below(8999)}`,
  iban,
  (r) => `${11 + r.below(200)}.${r.below(256)}.${r.below(256)}.${1 + r.below(254)}`,
  (r) => `https://www.${r.pick(['acme', 'northwind', 'fabrikam'])}.com/${r.pick(['a', 'shop', 'news'])}/${r.digits(4)}`,
];
const AROUND: readonly [[string, string], ...[string, string][]] = [
  ['Please note that it is now ', ' and tell the others.'],
  ['Customer wrote: use ', ' from Monday on, thanks!'],
  ['{"kind": "contact", "value": "', '", "checked": true}'],
  ['2024-05-17 09:12:44 WARN rejected ', ' after 3 attempts'],
  ['The old entry was wrong. The right one: ', '.'],
  ['id;value;state\n17;', ';open'],
];
const HARMLESS: readonly [(r: Random) => string, ...((r: Random) => string)[]] = [
  (r) => `Order ${r.digits(8)} has ${r.below(90)} lines and was packed in version 2.${r.below(20)}.${r.below(9)}.`,
  (r) => `Chapter ${r.below(30)} covers the years 19${r.digits(2)} to 2004, pages ${r.below(200)} to 340.`,
  () => 'The meeting is moved to the large room, and nobody has to bring anything.',
  (r) => `commit ${r.next().toString(16).slice(2)} changed ${r.below(40)} files; the build took ${r.digits(3)} ms`,
];

const SEED = 4711;
const ITEMS = 1500;

const generated = (): Labelled[] => {
  const random = new Random(SEED);
  return Array.from({ length: ITEMS }, (_, i): Labelled => {
    if (i % 4 === 0) return { text: random.pick(HARMLESS)(random), wanted: [], personal: [] };
    const value = random.pick(VALUES)(random);
    const [before, after] = random.pick(AROUND);
    const wanted = [{ start: before.length, end: before.length + value.length }];
    return { text: before + value + after, wanted, personal: wanted };
  });
};

/** The labelled set in a folder of such sets; without it sentences of our own, the same on every run. */
export const labelledSet = (data: string | undefined): LabelledSet => {
  const path = join(data ?? '', FILE);
  return data !== undefined && existsSync(path)
    ? { name: FILE, items: fromPresidio(path) }
    : { name: 'generated sentences', items: generated() };
};
