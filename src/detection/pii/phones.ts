import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Judgement } from '../core/detector';

const NO: Judgement = { confidence: 0 };
const NOT_PHONES = [
  /^(?:19|20)\d\d[-/. ]\d{1,2}[-/. ]\d{1,2}(?:\D|$)/, // 2024-05-17, also with a time after it
  /^\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})$/, // 17.05.2024
  /^\d{3}-\d{2}-\d{4}$/, // the shape of an SSN
  /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/, // IPv4
  /^\d+\.\d{5,}$/, // a decimal fraction
  /^(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d$/, // 2019-2024
];
const EXTENSION = /\s?(?:x|ext\.?)\s?\d{1,5}$/i;
const NORTH_AMERICA = /^(?:\+?1[-. ]?)?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[-. ])\d{3}[-. ]\d{4}$/;

/**
 * Judges a candidate as a telephone number. An international one is proven by the numbering plans of all countries; one
 * written the North American way, or with the trunk prefix 0 and in groups, stands by itself; every other grouping, and
 * bare digits, need a word near by.
 */
export const judgePhone = (candidate: string): Judgement => {
  const main = candidate.replace(EXTENSION, '');
  const digits = main.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /^(\d)\1+$/.test(digits)) return NO;
  const bare = candidate.replace('(', '');
  if (NOT_PHONES.some((pattern) => pattern.test(bare))) return NO;
  if (/^(?:\+|00)/.test(main)) {
    const number = parsePhoneNumberFromString(main.replace(/^00/, '+').replace('(0)', ''));
    if (number?.isValid()) return { confidence: 1 };
    return number?.isPossible() ? { confidence: 0.9 } : { confidence: 0.7 };
  }
  if (NORTH_AMERICA.test(main)) return { confidence: 0.9 };
  const groups = main.split(/\D+/).filter((group) => group !== '');
  // A trunk prefix or the digit of mobile networks may stand alone, at the beginning only.
  if (groups.slice(1).some((group) => group.length === 1)) return NO;
  const isGrouped = groups.length >= 2 && groups.every((group) => group.length <= 7);
  if (isGrouped && /^\(?0[1-9]/.test(main) && digits.length >= 9 && digits.length <= 11) return { confidence: 0.8 };
  if (isGrouped || digits.length === 10 || digits.length === 11) return { confidence: 0.7 };
  const isInternational = digits.length > 11 && parsePhoneNumberFromString(`+${digits}`)?.isValid() === true;
  return isInternational ? { confidence: 0.7 } : NO;
};
