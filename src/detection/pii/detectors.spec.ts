import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { buildLocator } from '../core/locate';
import { PII } from './detectors';

const find = buildLocator(PII);
const found = (kind: string, text: string): string[] =>
  find(text)
    .filter((match) => match.kind === kind)
    .map(({ value }) => value);

const digit = fc.integer({ min: 0, max: 9 });
const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(digit, { minLength: length, maxLength: length }).map((all) => all.join(''));
const group = (text: string, sizes: readonly number[], by: string): string => {
  let at = 0;
  return sizes.map((size) => text.slice(at, (at += size))).join(by);
};
/** The last digit that makes the sum of ISO/IEC 7812-1 come out. */
const withLuhn = (body: string): string => {
  let sum = 0;
  Array.from(body, Number)
    .toReversed()
    .forEach((value, i) => (sum += i % 2 === 0 ? (value * 2 > 9 ? value * 2 - 9 : value * 2) : value));
  return body + String((10 - (sum % 10)) % 10);
};
/** ISO 13616: two digits such that the whole, turned round and read as a number, leaves 1 on division by 97. */
const iban = (country: string, account: string): string => {
  const number = Array.from(`${account}${country}00`, (c) => parseInt(c, 36).toString()).join('');
  return country + String(98n - (BigInt(number) % 97n)).padStart(2, '0') + account;
};
const WRAPS: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `It is ${value}.`,
  (value) => `{"a": "${value}", "b": 2}`,
  (value) => `17,Ann,${value},2024-05-04`,
  (value) => `a: ${value}\nb: 2`,
  (value) => `<td>${value}</td>`,
  (value) => `(${value})`,
  (value) => `2024-05-04T10:00:01Z INFO user=${value} ok`,
];
const wrap = fc.constantFrom(...WRAPS);

describe('phones of every country', () => {
  const numbers = getCountries().flatMap((country) => {
    const number = getExampleNumber(country, examples);
    return number ? [{ country, number }] : [];
  });
  it('are found as written abroad', () => {
    const missed = numbers.flatMap(({ country, number }) =>
      [number.number, number.formatInternational(), number.formatInternational().replaceAll(' ', '-')]
        // Tuvalu's have six digits, as many as a day without its century.
        .filter((written) => country !== 'TV' && !found('phone', `Write to ${written}, please`).includes(written))
        .map((written) => `${country} ${written}`),
    );
    expect(numbers.length).toBeGreaterThan(200);
    expect(missed).toEqual([]);
  });
  it('are mostly found as written at home, next to a word for it', () => {
    const written = numbers.map(({ number }) => number.formatNational());
    const hits = written.filter((text) => found('phone', `Phone: ${text}.`).includes(text));
    expect(hits.length / written.length).toBeGreaterThan(0.9);
  });
});

describe('accounts', () => {
  it.each<[string, number]>([
    ['DE', 18],
    ['FR', 23],
    ['GB', 18],
    ['NL', 14],
    ['NO', 11],
    ['MT', 27],
    ['PL', 24],
    ['SA', 20],
    ['BR', 25],
    ['LC', 28],
  ])('finds IBANs of %s, in one piece or in groups, and none with a wrong digit', (country, length) => {
    fc.assert(
      fc.property(digits(length), wrap, fc.constantFrom('', ' ', '-'), fc.nat(length - 1), (account, place, by, at) => {
        const whole = iban(country, account);
        const written = whole.match(/.{1,4}/g)?.join(by) ?? '';
        expect(found('iban', place(written))).toEqual([written]);
        const wrong = whole.slice(0, 4 + at) + String((Number(whole[4 + at]) + 1) % 10) + whole.slice(5 + at);
        expect(found('iban', place(wrong))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('finds cards of all networks, in one piece or in groups', () => {
    const card = fc.constantFrom<[prefix: string, sizes: number[]]>(
      ['4', [4, 4, 4, 4]],
      ['51', [4, 4, 4, 4]],
      ['2221', [4, 4, 4, 4]],
      ['34', [4, 6, 5]],
      ['36', [4, 6, 4]],
      ['6011', [4, 4, 4, 4]],
      ['3530', [4, 4, 4, 4]],
      ['62', [4, 4, 4, 4, 3]],
    );
    fc.assert(
      fc.property(card, digits(20), fc.constantFrom('', ' ', '-'), wrap, ([prefix, sizes], filler, by, place) => {
        const length = sizes.reduce((sum, size) => sum + size);
        const written = group(withLuhn((prefix + filler).slice(0, length - 1)), sizes, by);
        expect(found('credit_card', place(written))).toEqual([written]);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no table of numbers for a card', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 99 }), { minLength: 6, maxLength: 30 }), (numbers) => {
        expect(found('credit_card', numbers.join(' '))).toEqual([]);
      }),
    );
  });
});

describe('addresses of machines', () => {
  const part = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
  it('finds IPv6 in full, shortened and with a zone', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 8, maxLength: 8 }), fc.integer({ min: 1, max: 6 }), (parts, cut) => {
        const full = parts.join(':');
        const short = `2001:${parts.slice(1, cut).join(':')}::${parts.slice(7).join(':')}`.replace(':::', '::');
        for (const written of [full, short, `fe80::${parts.slice(5).join(':')}%eth0`])
          expect(found('ip_address', `from ${written} to`)).toEqual([written]);
      }),
    );
  });
  it('finds MAC addresses in the three ways of writing them', () => {
    const byte = fc.integer({ min: 16, max: 255 }).map((number) => number.toString(16));
    fc.assert(
      fc.property(fc.array(byte, { minLength: 5, maxLength: 5 }), (bytes) => {
        const all = ['1b', ...bytes];
        const dotted = group(all.join(''), [4, 4, 4], '.');
        for (const written of [all.join(':'), all.join('-').toUpperCase(), dotted])
          expect(found('mac_address', `eth0 ${written} up`)).toEqual([written]);
      }),
    );
  });
});

describe('e-mail', () => {
  it('finds addresses wherever they stand', () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,12}([._+-][a-z0-9]{1,8}){0,2}$/);
    const domain = fc.stringMatching(/^([a-z][a-z0-9-]{0,10}[a-z0-9]\.){1,3}(com|de|io|museum)$/);
    fc.assert(
      fc.property(name, domain, wrap, (local, host, place) => {
        expect(found('email', place(`${local}@${host}`))).toContain(`${local}@${host}`);
      }),
      { numRuns: 500 },
    );
  });
});

describe('labelled records', () => {
  const LABELLED: readonly [kind: string, labels: readonly string[], value: string][] = [
    [
      'drivers_license',
      ["driver's license number", 'drivers_license', 'Driver License', 'driving licence no.'],
      'D4170933',
    ],
    ['passport', ['passport number', 'passport_no', 'Passport'], '483920175'],
    ['medical_record_number', ['MRN', 'medical_record_number', 'Patient ID'], '48291375'],
    ['date_of_birth', ['DOB', 'date_of_birth', 'Birth date', 'birthday'], '1985-04-17'],
    ['bank_account', ['account number', 'account_number', 'bank account', 'Acct #'], '4829137465'],
    ['ssn', ['SSN', 'ssn', 'social security number'], '856456789'],
  ];
  it.each(LABELLED)('finds %s in sentences, forms, settings and JSON', (kind, labels, value) => {
    const missed = labels.flatMap((label) =>
      [
        `${label}: ${value}`,
        `${label} is ${value}.`,
        `"${label}": "${value}"`,
        `${label}=${value}`,
        `${label}\t${value}`,
      ].filter((text) => !found(kind, text).includes(value)),
    );
    expect(missed).toEqual([]);
    expect(found(kind, `order ${value} is late`)).toEqual([]);
  });
});
