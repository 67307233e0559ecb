const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
const OLDEST = 1900;

/** A day as people write it: in digits with the year first or last, or with the month in words. */
export const DATE = [
  String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}`,
  String.raw`\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}(?!\d))`,
  String.raw`${MONTH} \d{1,2}(?:st|nd|rd|th)?,? \d{4}`,
  String.raw`\d{1,2}(?:st|nd|rd|th|\.)?[- ](?:of )?${MONTH}[-, ]{1,2}\d{4}`,
].join('|');

/** A day of a life: it exists in the calendar, in either order of day and month, and somebody born on it can be alive. */
export const isBirthday = (text: string): boolean => {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const thisYear = new Date().getUTCFullYear();
  const written = numbers.find((number) => number > 99) ?? numbers.at(-1) ?? 0;
  const century = thisYear - (thisYear % 100);
  const year = written > 99 ? written : written + (written > thisYear % 100 ? century - 100 : century);
  const [first = 0, second = 0] = numbers[0] === written ? numbers.slice(1) : numbers;
  const named = MONTHS.findIndex((month) => text.toLowerCase().includes(month)) + 1;
  const exists = (month: number, day: number): boolean => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  };
  if (year < OLDEST || year > thisYear) return false;
  return named > 0 ? exists(named, first) : exists(first, second) || exists(second, first);
};
