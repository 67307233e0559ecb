import { isRoutingNumber, isVin } from './checksums';
import type { Detector } from './detector';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
const DATE = `\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2}(?:st|nd|rd|th|\\.)? ${MONTH},? \\d{4}`;
const OLDEST = 1900;

/** A day of a life: it exists in the calendar, in either order of day and month, and somebody born on it can be alive. */
const isBirthday = (text: string): boolean => {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const year = numbers.find((number) => number > 31) ?? 0;
  const [first = 0, second = 0] = numbers.filter((number) => number !== year);
  const named = MONTHS.findIndex((month) => text.toLowerCase().includes(month)) + 1;
  const exists = (month: number, day: number): boolean => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  };
  if (year < OLDEST || year > new Date().getUTCFullYear()) return false;
  return named > 0 ? exists(named, first) : exists(first, second) || exists(second, first);
};

/** Coordinates as written in decimals: latitude to 90, longitude to 180 degrees. */
const isPlace = (text: string): boolean => {
  const [latitude = NaN, longitude = NaN] = text.split(',').map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
};

/** What offices, clinics, banks and makers write down about somebody. Most of it is told by the words before it. */
export const RECORDS: readonly Detector[] = [
  {
    id: 'passport',
    kind: 'passport',
    label: 'Passport',
    severity: 'critical',
    set: 'strict',
    placeholder: '[PASSPORT-REDACTED]',
    hints: ['000000'],
    pattern: /(?<![\w-])[A-Z]{1,2}\d{6,9}(?![\w-])/g,
    check: () => ({ confidence: 0.7 }),
    context: ['passport', 'reisepass'],
    positives: ['my passport number is «C01234567».', '«AB1234567» is what my passport says'],
    negatives: ['order AB1234567', 'passport number 12', 'the passport of A1234', 'passport XAB1234567-1'],
  },
  {
    id: 'medical_record_number',
    kind: 'medical_record_number',
    severity: 'critical',
    set: 'strict',
    placeholder: '[MRN-REDACTED]',
    hints: ['mrn', 'medical record', 'patient'],
    pattern:
      /(?<![a-z])(?:mrn|medical records?(?: (?:number|no\.?|id))?|patient (?:number|no\.?|id))(?: is| was)?[:#= ]{1,3}(?<value>[A-Z]{0,3}-?\d{5,12})(?![\w-])/dgi,
    context: [],
    positives: ['MRN: «00482913»', 'medical record number is «MR-4829137»', 'patient ID #«4829137»'],
    negatives: ['medical record keeping', 'MRN 12', 'patient 4829137', 'patient id required'],
  },
  {
    id: 'date_of_birth',
    kind: 'date_of_birth',
    severity: 'high',
    set: 'standard',
    placeholder: '[DOB-REDACTED]',
    hints: ['birth', 'dob', 'd.o.b', 'i was born'],
    pattern: new RegExp(
      `(?<![a-z])(?:(?:date of birth|birth ?date|birthday|dob|d\\.o\\.b\\.?)(?: is| was)?(?: on)?[:= ]{1,3}|i was born (?:on )?)(?<value>${DATE})(?![\\w/])`,
      'dgi',
    ),
    check: (value) => ({ confidence: isBirthday(value) ? 0.9 : 0 }),
    context: ['born', 'patient', 'name', 'age'],
    positives: [
      'DOB: «04/17/1985»',
      'date of birth is «1985-04-17».',
      'I was born on «17 April 1985»',
      'Birthday: «April 17th, 1985»',
    ],
    negatives: [
      'DOB: 02/30/1985',
      'date of birth 1685-03-31',
      'the meeting is on 04/17/1985',
      'Bach was born on 1985-03-31',
      'date of birth: required',
    ],
  },
  {
    id: 'bank_account',
    kind: 'bank_account',
    label: 'BankAccount',
    severity: 'critical',
    set: 'relaxed',
    placeholder: '[BANK-ACCOUNT-REDACTED]',
    hints: ['account', 'acct'],
    pattern:
      /(?<![a-z])(?:(?:bank|checking|savings) (?:account|acct\.?)(?: (?:number|no\.?))?|(?:account|acct\.?) (?:number|no\.?))(?: is| was)?[:#= ]{1,3}(?<value>\d{8,17})(?![\w-])/dgi,
    context: [],
    positives: ['my bank account is «4829137465»', 'Account number: «000482913746»'],
    negatives: ['account 4829137465', 'bank account 12', 'account number required'],
  },
  {
    id: 'routing_number',
    kind: 'routing_number',
    label: 'BankAccount',
    severity: 'high',
    set: 'relaxed',
    placeholder: '[ROUTING-NUMBER-REDACTED]',
    hints: ['000000000'],
    pattern: /(?<![\w.-])\d{9}(?![\w-]|\.\d)/g,
    check: (value) => ({ confidence: isRoutingNumber(value) ? 0.7 : 0 }),
    context: ['routing', 'aba(?![a-z])', 'rtn'],
    positives: ['routing number «021000021»', '«071000013» is the ABA number'],
    negatives: ['routing number 021000022', 'order 021000021'],
  },
  {
    id: 'vin',
    kind: 'vin',
    label: 'VIN',
    severity: 'medium',
    set: 'relaxed',
    placeholder: '[VIN-REDACTED]',
    hints: ['0'],
    pattern: /(?<![A-Za-z0-9-])[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9-])/g,
    check: (value) => ({ confidence: /[A-Z]/.test(value) && isVin(value) ? 1 : 0 }),
    context: [],
    positives: ['the car is «1M8GDM9AXKP042788»', 'VIN:«5GZCZ43D13S812715».'],
    negatives: ['1M8GDM9A1KP042788', '11111111111111111', 'ABCDEFGHJKLMNPRST'],
  },
  {
    id: 'coordinates',
    kind: 'coordinates',
    label: 'Coordinates',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[COORDINATES-REDACTED]',
    hints: ['.0000'],
    pattern: /(?<![\w.-])-?\d{1,2}\.\d{4,8}, ?-?\d{1,3}\.\d{4,8}(?![\w.]*\d)/g,
    check: (value) => ({ confidence: isPlace(value) ? 0.9 : 0 }),
    context: ['lat', 'gps', 'location', 'coordinates'],
    positives: ['at «52.5163, 13.3777».', 'GPS «-33.856784,151.215297»'],
    negatives: ['99.1234, 13.3777', '52.51, 13.37', '1.2345, 200.1234'],
  },
];
