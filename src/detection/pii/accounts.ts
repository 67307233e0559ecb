import { ibanLength, isCard, isRoutingNumber, luhn } from './checksums';
import type { Detector } from '../core/detector';
import { letterThen } from './hints';
import { NUMBER, SAYS } from './labels';

const SHORTEST_ACCOUNT = 6;
const LONGEST_ACCOUNT = 17;

/** Cards show four groups, and a fifth where there are more than 16 digits; tables of numbers have more. */
const MOST_GROUPS = 5;
const isGroupedAsCard = (text: string): boolean => text.split(/[ -]/).length <= MOST_GROUPS;

/** What pays. */
export const ACCOUNTS: readonly Detector[] = [
  {
    id: 'credit_card',
    kind: 'credit_card',
    label: 'CreditCard',
    severity: 'critical',
    set: 'strict',
    placeholder: '[CC-REDACTED]',
    hints: ['0000', '000 ', '000-'],
    // After a plus it is a telephone number.
    pattern: /(?<![\w+-]|\d\.)\d(?:[ -]?\d){11,18}(?![\w-]|\.\d)/g,
    // The checksum alone passes one number in ten, so an unknown issuer needs a word near by.
    check: (value) => ({ confidence: !isGroupedAsCard(value) ? 0 : isCard(value) ? 1 : luhn(value) ? 0.7 : 0 }),
    context: ['card', 'credit', 'debit', 'visa', 'mastercard', 'amex', 'maestro', 'jcb', 'cc(?![a-z])'],
    positives: [
      'pay with «4111 1111 1111 1111» today',
      'my card «3512345678901236»',
      '«378282246310005»',
      'card:«5555-5555-5555-4444».',
    ],
    negatives: [
      '4111 1111 1111 1112',
      'order 3512345678901236',
      '1234567890123456',
      'id 41111111111111111111111',
      '0.4111111111111111',
      'call +4111111111111',
      '69 70 71 72 73 74 75 76 77',
    ],
  },
  {
    id: 'card_shape',
    kind: 'credit_card',
    label: 'CreditCard',
    severity: 'critical',
    set: 'strict',
    placeholder: '[CC-REDACTED]',
    hints: ['0000-0000', '0000 0000'],
    pattern: /(?<![\w-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?![\w-])/g,
    check: () => ({ confidence: 0.7 }),
    context: [],
    positives: ['«1234-5678-9012-3456»'],
    negatives: ['1234-5678 9012-3456', '1234-5678-9012-34567'],
  },
  {
    id: 'iban',
    kind: 'iban',
    label: 'IBAN',
    severity: 'critical',
    set: 'standard',
    placeholder: '[IBAN-REDACTED]',
    hints: letterThen('00'),
    pattern: /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])/g,
    check: (value) => {
      const length = ibanLength(value);
      return length === 0 ? { confidence: 0 } : { confidence: 1, length };
    },
    context: [],
    positives: ['to «DE89 3704 0044 0532 0130 00» and then', 'IBAN «gb29nwbk60161331926819»', '«NO9386011117947»'],
    negatives: ['DE89370400440532013001', 'XX89370400440532013000', 'AB12 word word word'],
  },
  {
    id: 'bank_account',
    kind: 'bank_account',
    label: 'BankAccount',
    severity: 'critical',
    set: 'relaxed',
    placeholder: '[BANK-ACCOUNT-REDACTED]',
    hints: ['account', 'acct', 'a/c'],
    pattern: new RegExp(
      String.raw`(?<![a-z])(?:(?:bank|checking|savings|current|deposit)[ _-]?(?:account|acct\.?)${NUMBER}|(?:account|acct\.?|a\/c)[ _-]?(?:number|num|no\.?|#))${SAYS}(?<value>\d{6,17}|\d{2,6}(?:[ -]\d{2,6}){1,4})(?![\w-])`,
      'dgi',
    ),
    check: (value) => {
      const digits = value.replace(/\D/g, '').length;
      return { confidence: digits >= SHORTEST_ACCOUNT && digits <= LONGEST_ACCOUNT ? 0.9 : 0 };
    },
    context: [],
    positives: [
      'my bank account is «4829137465»',
      'Account number: «000482913746»',
      '"account_number": "«48291374»"',
      'savings account «4829-1374-65»',
      'Acct # «48291374»',
    ],
    negatives: ['account 4829137465', 'bank account 12', 'account number required'],
  },
  {
    id: 'bank_account_near',
    kind: 'bank_account',
    label: 'BankAccount',
    severity: 'critical',
    set: 'relaxed',
    placeholder: '[BANK-ACCOUNT-REDACTED]',
    hints: ['routing', 'aba', 'swift', 'bic', 'sort code'],
    pattern: new RegExp(String.raw`(?<![a-z])(?:account|acct\.?)${SAYS}(?<value>\d{8,17})(?![\w-])`, 'dgi'),
    check: () => ({ confidence: 0.7 }),
    context: ['routing', 'aba(?![a-z])', 'swift', 'bic(?![a-z])', 'sort code'],
    positives: ['routing 071000013, account «4829137465»', 'Account: «4829137465», SWIFT ACMEUS33'],
    negatives: ['account 4829137465', 'routing of account 482 tickets'],
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
    context: ['routing', 'aba(?![a-z])', 'rtn', 'bank', 'transit'],
    positives: ['routing number «021000021»', '«071000013» is the ABA number'],
    negatives: ['routing number 021000022', 'order 021000021'],
  },
  {
    id: 'sort_code',
    kind: 'routing_number',
    label: 'BankAccount',
    severity: 'high',
    set: 'relaxed',
    placeholder: '[ROUTING-NUMBER-REDACTED]',
    hints: ['sort'],
    pattern: new RegExp(String.raw`sort[ _-]?code${SAYS}(?<value>\d{2}([- ]?)\d{2}\2\d{2})(?![\w-])`, 'dgi'),
    context: [],
    positives: ['sort code «12-34-56»', '"sort_code": "«123456»"'],
    negatives: ['sort codes by 12-34-56', 'sort code: none'],
  },
];
