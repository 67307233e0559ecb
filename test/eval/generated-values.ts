import { ibanLength, isCard, isSsn } from '../../src/detection/pii/checksums';
import { between, characters, pick, type Random, seeded } from './generated-random';

/** Values made by rule from a fixed seed. None was ever issued to anybody, or only by chance. */
export interface GeneratedValue {
  /** Detection kind for personal data; the maker's name otherwise. */
  kind: string;
  value: string;
}

const PER_KIND = 15;
const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const ALPHANUMERIC = LOWER + UPPER + DIGITS;
const HEX = `${DIGITS}abcdef`;
const NAMES = ['ines', 'tomasz', 'lea', 'okoro', 'yuki', 'marta', 'jonas', 'priya'];
const DOMAINS = ['fernwerk.de', 'blueharbor.io', 'mail.kitefield.co.uk', 'tandem-labs.com', 'osprey.health'];

/** Tries until a checksum holds: one in ten or in a hundred does. */
const until = (make: () => string, holds: (value: string) => boolean): string => {
  for (;;) {
    const value = make();
    if (holds(value)) return value;
  }
};

const grouped = (text: string, size: number, separator: string): string =>
  (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(separator);

const PII_MAKERS: Readonly<Record<string, (random: Random) => string>> = {
  email: (random) =>
    `${pick(random, NAMES)}${pick(random, ['.', '_', '-', '+'])}${characters(random, LOWER, 6)}@${pick(random, DOMAINS)}`,
  phone: (random) => {
    const national = `${between(random, 2, 9)}0${between(random, 2, 9)}`;
    const exchange = `${between(random, 2, 9)}${between(random, 2, 9)}${between(random, 2, 9)}`;
    const line = characters(random, '2345678', 4);
    return pick(random, [
      `(415) ${exchange}-${line}`,
      `+1 212-${exchange}-${line}`,
      `+44 20 7946 ${line}`,
      `+49 30 ${national}${line}`,
    ]);
  },
  ssn: (random) =>
    until(
      () =>
        `${between(random, 100, 772)}-${characters(random, DIGITS, 1)}${between(random, 1, 9)}-${between(random, 1000, 9999)}`,
      isSsn,
    ),
  credit_card: (random) => {
    const number = until(() => `4${characters(random, DIGITS, 15)}`, isCard);
    return grouped(number, 4, pick(random, ['', ' ', '-']));
  },
  iban: (random) =>
    until(
      () => `DE${between(random, 10, 98)}${characters(random, DIGITS, 18)}`,
      (value) => ibanLength(value) === value.length,
    ),
  ip_address: (random) =>
    [between(random, 11, 99), between(random, 1, 254), between(random, 1, 254), between(random, 1, 254)].join('.'),
};

const TRAP_MAKERS: Readonly<Record<string, (random: Random) => string>> = {
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => characters(random, HEX, length)).join('-'),
  sha1: (random) => characters(random, HEX, 40),
  timestamp: (random) =>
    `20${between(random, 10, 29)}-0${between(random, 1, 9)}-1${between(random, 0, 9)}T10:${between(random, 10, 59)}:07.${characters(random, DIGITS, 3)}Z`,
  version: (random) => `${between(random, 0, 30)}.${between(random, 0, 30)}.${between(random, 0, 30)}`,
  package: (random) => `@${characters(random, LOWER, 6)}/${characters(random, LOWER, 5)}@${between(random, 1, 20)}.2.1`,
  image: (random) => `${characters(random, LOWER, 6)}@2x.png`,
  order: (random) => `ORD-20${between(random, 10, 29)}-${characters(random, DIGITS, 6)}`,
  price: (random) => `${between(random, 1, 999)},${between(random, 100, 999)}.${between(random, 10, 99)}`,
  card_without_checksum: (random) =>
    until(
      () => `4${characters(random, DIGITS, 15)}`,
      (value) => !isCard(value),
    ),
  ssn_never_issued: (random) => `000-${between(random, 10, 99)}-${between(random, 1000, 9999)}`,
};

const SECRET_MAKERS: Readonly<Record<string, (random: Random) => string>> = {
  aws: (random) => `AKIA${characters(random, `${UPPER}234567`, 16)}`,
  stripe: (random) => `sk_live_${characters(random, ALPHANUMERIC, 24)}`,
  slack: (random) =>
    `xoxb-${characters(random, '123456789', 12)}-${characters(random, '123456789', 12)}-${characters(random, ALPHANUMERIC, 24)}`,
  google: (random) => `AIza${characters(random, ALPHANUMERIC, 35)}`,
  gitlab: (random) => `glpat-${characters(random, ALPHANUMERIC, 20)}`,
  sendgrid: (random) => `SG.${characters(random, ALPHANUMERIC, 22)}.${characters(random, ALPHANUMERIC, 43)}`,
  openai: (random) => `sk-${characters(random, ALPHANUMERIC, 48)}`,
  connection: (random) =>
    `postgres://app:${characters(random, ALPHANUMERIC, 14)}@db-${between(random, 1, 9)}.${pick(random, DOMAINS)}:5432/app`,
  jwt: (random) => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: characters(random, DIGITS, 8), iat: between(random, 1e9, 2e9) };
    return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${characters(random, ALPHANUMERIC, 43)}`;
  },
  private_key: (random) =>
    [
      '-----BEGIN PRIVATE KEY-----',
      ...Array.from({ length: 4 }, () => characters(random, ALPHANUMERIC, 64)),
      '-----END PRIVATE KEY-----',
    ].join('\n'),
};

const SECRET_TRAP_NAMES = ['uuid', 'sha1', 'timestamp', 'version', 'package', 'image', 'order'];

const made = (makers: Readonly<Record<string, (random: Random) => string>>, seed: number): GeneratedValue[] => {
  const random = seeded(seed);
  return Object.entries(makers).flatMap(([kind, make]) =>
    Array.from({ length: PER_KIND }, () => ({ kind, value: make(random) })),
  );
};

export const PII_VALUES = made(PII_MAKERS, 1);
export const SECRET_VALUES = made(SECRET_MAKERS, 2);
export const PII_TRAPS = made(TRAP_MAKERS, 3);
/** Random by nature and yet no secrets; lockfiles and logs are full of them. */
export const SECRET_TRAPS = made(
  Object.fromEntries(Object.entries(TRAP_MAKERS).filter(([name]) => SECRET_TRAP_NAMES.includes(name))),
  4,
);
