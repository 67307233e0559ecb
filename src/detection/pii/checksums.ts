const ZERO = '0'.charCodeAt(0);
const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** ISO/IEC 7812-1, annex B. Anything but digits is skipped. */
export const luhn = (text: string): boolean => {
  let sum = 0;
  let count = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) continue;
    const doubled = count % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
    count++;
  }
  return count > 0 && sum % 10 === 0;
};

/** Prefixes of the card networks: Visa, Mastercard, Amex, Diners, Discover, JCB, UnionPay, Maestro. */
const ISSUER =
  /^(?:4|5[0-8]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[689])|6[0-9]|35(?:2[89]|[3-8])|1800|2131)/;

/** 13 to 19 digits (12 for old Maestro cards), a network's prefix, and Luhn. */
export const isCard = (text: string): boolean => {
  const digits = digitsOf(text);
  const shortest = /^(?:5[0-8]|6)/.test(digits) ? 12 : 13;
  return digits.length >= shortest && digits.length <= 19 && ISSUER.test(digits) && luhn(digits);
};

/** Social Security Administration: area not 000, 666 or 9xx; group not 00; serial not 0000. */
export const isSsn = (text: string): boolean => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digitsOf(text));

/** IRS: starts with 9, groups 50-65, 70-88, 90-92 and 94-99. */
export const isItin = (text: string): boolean => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(digitsOf(text));

/** IBAN registry: country code and length. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** ISO 7064 MOD 97-10 over an IBAN without spaces. */
const mod97 = (iban: string): number => {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4))
    for (const digit of parseInt(character, 36).toString()) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
};

/**
 * How many characters of the candidate, from its start, form a valid IBAN (ISO 13616); 0 if none do. The candidate may run
 * on into the words that follow, since groups of an IBAN may be set apart by spaces or dashes.
 */
export const ibanLength = (candidate: string): number => {
  const wanted = IBAN_LENGTHS.get(candidate.slice(0, 2).toUpperCase());
  if (wanted === undefined) return 0;
  let iban = '';
  let length = 0;
  for (; length < candidate.length && iban.length < wanted; length++)
    iban += (candidate[length] ?? '').replace(/[ -]/, '');
  const endsWord = !/[A-Za-z0-9]/.test(candidate[length] ?? '');
  return endsWord && iban.length === wanted && mod97(iban.toUpperCase()) === 1 ? length : 0;
};

const weighted = (values: readonly number[], weights: readonly number[]): number =>
  values.reduce((sum, value, i) => sum + value * (weights[i % weights.length] ?? 0), 0);

/** American Bankers Association: nine digits, of which the first two name a district of the Federal Reserve. */
export const isRoutingNumber = (text: string): boolean =>
  /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(text) &&
  weighted(Array.from(text, Number), [3, 7, 1]) % 10 === 0;

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/** What letters count, from A; I, O and Q do not occur. */
const VIN_LETTERS = '12345678.12345.7.923456789';
const vinValue = (character: string): number =>
  /\d/.test(character) ? Number(character) : Number(VIN_LETTERS[character.charCodeAt(0) - 65]);

/** ISO 3779 with the check digit of North America in the ninth place. */
export const isVin = (text: string): boolean =>
  text.length === VIN_WEIGHTS.length &&
  '0123456789X'[weighted(Array.from(text, vinValue), VIN_WEIGHTS) % 11] === text[8];
