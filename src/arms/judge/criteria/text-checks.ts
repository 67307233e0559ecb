import type { Check } from './check';

const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};

const UNITS: Readonly<Record<string, (text: string) => number>> = {
  word: (text) => text.match(/\S+/g)?.length ?? 0,
  // Code points, because that is what people count.
  character: (text) => Array.from(text.trim()).length,
  line: (text) => text.split('\n').filter((line) => line.trim() !== '').length,
  sentence: (text) => text.split(/[.!?]+(?:\s+|$)/).filter((sentence) => sentence.trim() !== '').length,
  paragraph: (text) => text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '').length,
};

const COUNT = '(\\d[\\d,]*|one|two|three|four|five|six|seven|eight|nine|ten)';
const UNIT = '(words?|characters?|lines?|sentences?|paragraphs?)';
const BELOW = 'fewer than|less than|under';
const ABOVE = 'more than|over';
const AT_MOST =
  'at most|a maximum of|maximum(?: of)?|max(?:\\.| of)?|no more than|not more than|up to|within|no longer than';
const AT_LEAST = 'at least|a minimum of|minimum(?: of)?|min(?:\\.| of)?|no fewer than|no less than|not less than';
const EXACTLY = 'exactly';

type Relation = (count: number, limit: number) => boolean;
const RELATIONS: readonly (readonly [pattern: RegExp, relation: Relation])[] = [
  [new RegExp(`^(?:${AT_MOST})$`, 'i'), (count, limit) => count <= limit],
  [new RegExp(`^(?:${AT_LEAST})$`, 'i'), (count, limit) => count >= limit],
  [new RegExp(`^(?:${BELOW})$`, 'i'), (count, limit) => count < limit],
  [new RegExp(`^(?:${ABOVE})$`, 'i'), (count, limit) => count > limit],
  [new RegExp(`^(?:${EXACTLY})$`, 'i'), (count, limit) => count === limit],
];

const numberOf = (text: string): number => NUMBERS[text.toLowerCase()] ?? Number(text.replaceAll(',', ''));

export const TEXT_CHECKS: readonly Check[] = [
  {
    // The longer phrases come first: "no more than" must not be read as "more than".
    asks: new RegExp(
      `\\b(${AT_MOST}|${AT_LEAST}|${BELOW}|${ABOVE}|${EXACTLY})\\s+${COUNT}\\s+${UNIT}(?:\\s+(?:long|in length|of code))?\\b`,
      'i',
    ),
    look: ({ text }, [, phrase = '', amount = '', unit = '']) => {
      const name = unit.toLowerCase().replace(/s$/, '');
      const measure = UNITS[name];
      const relation = RELATIONS.find(([pattern]) => pattern.test(phrase))?.[1];
      if (!measure || !relation) return undefined;
      const count = measure(text);
      return {
        holds: relation(count, numberOf(amount)),
        because: `The output has ${count} ${name}${count === 1 ? '' : 's'}.`,
      };
    },
  },
  {
    asks: /\b(?:valid|well-formed|parsable|parseable|correct)\s+json\b|\b(?:in|as) json(?: format)?\b|\bjson (?:format|output)\b/i,
    look: ({ text, artifact }) => {
      if (artifact) return undefined;
      try {
        JSON.parse(text);
        return { holds: true, because: 'The output parses as JSON.' };
      } catch (error) {
        return {
          holds: false,
          because: `The output does not parse as JSON: ${error instanceof Error ? error.message : ''}`,
        };
      }
    },
  },
  {
    asks: /\b(?:contains?|includes?|mentions?|uses?|containing|including|mentioning|say|says)\s+(?:the\s+)?(?:exact\s+)?(?:words?|phrase|text|term|string|name)?\s*(?:"([^"]+)"|“([^”]+)”|`([^`]+)`|'([^']+)')/i,
    look: ({ text }, [, ...quotes]) => {
      const wanted = quotes.find(Boolean) ?? '';
      const holds = text.toLowerCase().includes(wanted.toLowerCase());
      return { holds, because: `"${wanted}" ${holds ? 'occurs' : 'does not occur'} in the output.` };
    },
  },
  {
    asks: /\b(?:non-empty|not empty|not be empty)\b/i,
    look: ({ text }) => ({
      holds: text.trim() !== '',
      because: text.trim() === '' ? 'The output is empty.' : 'The output is not empty.',
    }),
  },
];
