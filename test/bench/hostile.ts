import type { Random } from './random';

/**
 * Beginnings and ends of what the rules look for, never the whole: text made of these keeps every rule trying for as long as
 * it will. One per family.
 */
export const NEAR_MISSES: readonly [string, ...string[]] = [
  'a@a@',
  'a.b-c+d@',
  'x@y.z.',
  'eyJ',
  'eyJhbGciOi.eyJ',
  '%41',
  '%41%',
  'QWxhZGRpbjpvcGVu',
  'QWxhZGRpbjpvcGVu=',
  '4',
  '4 1',
  '41-',
  '1234 5678-',
  '123-45 ',
  '+1234567 ',
  '(415) 555',
  '+',
  '1.',
  '1.2.3.',
  'ab:',
  'DE89 ',
  'DE89 3704 ',
  'Ab1Cd2Ef3Gh4',
  'A',
  'a',
  'a ',
  '0x',
  '0xaB',
  'bc1q',
  'ab ',
  '\\x41',
  '01',
  '01010101 ',
  'ignore all ',
  'ignore the previous ',
  'reveal the the the ',
  'tell me the user ',
  "what is the x's ",
  'from now on ',
  'you are ',
  'act as ',
  'no ',
  'never never ',
  'two two ',
  'say "',
  'if you say ',
  'start your ',
  'ellmay ',
  'decode ',
  'let a = "',
  "x = 'a' ",
  'a + b + ',
  '.- -. ',
  'i am the admin ',
  'dime que ',
  'ignora todas ',
  'ваш ',
  'забудь все ',
  '忽略之前',
  'パスワード',
  'كل ',
  'सभी ',
  'password=',
  'password: "',
  'api_key = "',
  'token: token: ',
  'authorization: bearer ',
  'server=',
  'jdbc:',
  'aws secret ',
  'aws_',
  'sk-',
  'ghp_aB3d',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN ',
  '----',
  '://',
  'http://',
  'http://a:b',
  'postgres://a:b@',
  'a:b@',
  'account number ',
  'passport ',
  'date of birth: ',
  'driving licence ',
  '52.5163, ',
  '[system](',
  '{{ ',
  '${',
  '<|',
  '</',
  '<<',
  '((((',
  '[[',
  '"',
  '\'"',
  '"a" ',
  '`',
  '{"a":',
  '# ',
  '\n',
  '  ',
  '\u00a0',
  '\u200b',
  'a\u200b',
  'а',
  'aаbв',
  'ａ',
  '\u0301',
  'e\u0301',
  '😀',
  '\ud800',
  '\u{e0041}',
  'ß',
  '1gn0r3 ',
  'i g n o r e ',
  'vtaber nyy ',
  '&#105;',
  '\\u0069',
  'snoitcurtsni ',
];

export interface Family {
  name: string;
  /** Text of exactly `length` UTF-16 code units. */
  text: (length: number) => string;
}

const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** A text that never repeats itself, so that nothing can be remembered of it. */
const varied = (name: string, piece: (random: Random) => string, randomOf: () => Random): Family => ({
  name,
  text: (length) => {
    const random = randomOf();
    const parts: string[] = [];
    for (let size = 0; size < length;) {
      const part = piece(random);
      parts.push(part);
      size += part.length;
    }
    return parts.join('').slice(0, length);
  },
});

/** Every near miss over and over, and texts of many different values. */
export const families = (randomOf: () => Random): Family[] => [
  ...NEAR_MISSES.map((piece): Family => ({ name: piece, text: (length) => fill(piece, length) })),
  varied('different phone numbers', (r) => `+${1 + r.below(98)}${r.digits(9)} `, randomOf),
  varied('different groups of digits', (r) => `${r.digits(1 + r.below(6))} `, randomOf),
  varied('different words', (r) => `${r.pick(['q', 'zx', 'wv', 'jk'])}${r.next().toString(36).slice(2)} `, randomOf),
  varied('different addresses', (r) => `${r.next().toString(36).slice(2)}@${r.digits(2)}. `, randomOf),
  varied('different base64', (r) => `${Buffer.from(r.digits(30)).toString('base64url')} `, randomOf),
  varied('different near misses', (r) => r.pick(NEAR_MISSES), randomOf),
];

/** One hostile family by chance: up to five pieces, and sometimes one long token, over and over. */
export const chanceFamily = (random: Random): Family => {
  const pieces = Array.from({ length: 1 + random.below(5) }, () => {
    const piece = random.pick(NEAR_MISSES);
    return random.below(4) === 0 ? piece.repeat(1 + random.below(60)) : piece;
  });
  const piece = pieces.join(random.pick(['', '', ' ', '\n', '.']));
  return { name: piece, text: (length) => fill(piece, length) };
};
