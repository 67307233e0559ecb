import { createHash } from 'node:crypto';
import type { Detector, Judgement } from '../core/detector';
import { DIGIT_THEN_LETTER, letterThen } from './hints';
import { keccak256 } from './keccak';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const PAYLOAD_BYTES = 21;
const CHECKSUM_BYTES = 4;

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** Base58Check: 21 bytes and the first four of their double SHA-256. */
const isBase58Check = (text: string): boolean => {
  let number = 0n;
  for (const character of text) number = number * 58n + BigInt(BASE58.indexOf(character));
  const hex = number.toString(16).padStart((PAYLOAD_BYTES + CHECKSUM_BYTES) * 2, '0');
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length !== PAYLOAD_BYTES + CHECKSUM_BYTES) return false;
  const checksum = sha256(sha256(bytes.subarray(0, PAYLOAD_BYTES))).subarray(0, CHECKSUM_BYTES);
  return checksum.equals(bytes.subarray(PAYLOAD_BYTES));
};

const isMixed = (text: string): boolean => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);

const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** BIP 173 for the first version of a witness, BIP 350 for all later ones. */
const BECH32_SUM = 1;
const BECH32M_SUM = 0x2bc830a3;

const isBech32 = (text: string): boolean => {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return false;
  const separator = text.lastIndexOf('1');
  const prefix = Array.from(text.toLowerCase().slice(0, separator), (character) => character.charCodeAt(0));
  const data = Array.from(text.toLowerCase().slice(separator + 1), (character) => BECH32.indexOf(character));
  let sum = 1;
  // The prefix comes before the data, expanded as the standard says: upper bits, zero, lower bits.
  for (const value of [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATORS.forEach((generator, i) => {
      if (((top >>> i) & 1) === 1) sum ^= generator;
    });
  }
  return sum === (data[0] === 0 ? BECH32_SUM : BECH32M_SUM);
};

/** EIP-55: a letter is upper case where the hash of the address has a digit of 8 or more. An address of one case has no checksum. */
const judgeEthereum = (text: string): Judgement => {
  const digits = text.slice(2);
  if (/^(.)\1+$/.test(digits)) return { confidence: 0 };
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return { confidence: 0.9 };
  const hash = keccak256(lower);
  const right = Array.from(lower, (c, i) => (parseInt(hash.charAt(i), 16) >= 8 ? c.toUpperCase() : c)).join('');
  return { confidence: right === digits ? 1 : 0 };
};

const wallet = (
  id: string,
  parts: Pick<Detector, 'hints' | 'pattern' | 'check' | 'positives' | 'negatives'> & Partial<Detector>,
): Detector => ({
  id,
  kind: 'crypto_address',
  label: 'CryptoAddress',
  severity: 'high',
  set: 'standard',
  placeholder: '[WALLET-REDACTED]',
  context: [],
  ...parts,
});

/** Addresses of wallets. */
export const WALLETS: readonly Detector[] = [
  wallet('bitcoin', {
    // A digit comes first, and one without a letter is no address.
    hints: DIGIT_THEN_LETTER,
    pattern: /(?<![A-Za-z0-9])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])/g,
    // With a slip of the pen it is still somebody's: then a word near by must say what it is.
    check: (value) => ({ confidence: isBase58Check(value) ? 1 : isMixed(value) ? 0.7 : 0 }),
    context: ['bitcoin', 'btc(?![a-z])', 'crypto', 'wallet'],
    positives: [
      'my bitcoin address is «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb»',
      'send it to «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa».',
      '«3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy»',
    ],
    negatives: [
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
      '11111111111111111111111111',
      '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLyX',
    ],
  }),
  wallet('bitcoin_segwit', {
    hints: ['bc0', 'ltc0', 'tb0'],
    pattern: /(?<![A-Za-z0-9])(?:bc|ltc|tb)1[02-9ac-hj-np-z]{11,71}(?![A-Za-z0-9])/gi,
    check: (value) => ({ confidence: isBech32(value) ? 1 : 0 }),
    positives: [
      '«bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq»',
      'to «bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0»,',
      '«BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ»',
    ],
    negatives: [
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mda',
      'bc1Qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
      'bc1 is short',
    ],
  }),
  wallet('other_coins', {
    hints: letterThen('0'),
    // Litecoin, Dogecoin, Dash and Tron write addresses as Bitcoin does, with other first letters.
    pattern: /(?<![A-Za-z0-9])[LMDXT][1-9A-HJ-NP-Za-km-z]{26,33}(?![A-Za-z0-9])/g,
    check: (value) => ({ confidence: !isMixed(value) ? 0 : isBase58Check(value) ? 1 : 0.7 }),
    context: ['litecoin', 'ltc(?![a-z])', 'doge', 'tron(?![a-z])', 'crypto', 'wallet'],
    positives: ['litecoin: «LZuhrsdWyCHUMHNDBKrnDzqXQ7zLUAzYKs»'],
    negatives: ['LZuhrsdWyCHUMHNDBKrnDzqXQ7zLUAzYKs', 'wallet TheQuickBrownFoxJumpsOverTheDog'],
  }),
  wallet('ethereum', {
    hints: ['0x'],
    pattern: /(?<!\w)0x[0-9a-fA-F]{40}(?!\w)/g,
    check: judgeEthereum,
    positives: [
      'pay «0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed» now',
      '«0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359»',
      '«0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed»',
    ],
    negatives: [
      '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD',
      `0x${'0'.repeat(40)}`,
      `0x${'5be1d07a93c2f846'.repeat(4)}`,
    ],
  }),
];
