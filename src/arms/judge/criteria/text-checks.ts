import type { Check, Finding } from './check';
import { numberOf } from './numbers';

/** Items of a JSON array or of a list in Markdown; where there is neither, nobody knows what an item is. */
const itemsIn = (text: string): number | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.length : undefined;
  } catch {
    const marked = text.match(/^(?:[-*•]|\d{1,3}[.)])[ \t]+\S/gm) ?? [];
    return marked.length > 0 ? marked.length : undefined;
  }
};

const UNITS: Readonly<Record<string, (text: string) => number | undefined>> = {
  word: (text) => text.match(/\S+/g)?.length ?? 0,
  // Code points, because that is what people count.
  character: (text) => Array.from(text.trim()).length,
  line: (text) => text.split('\n').filter((line) => line.trim() !== '').length,
  sentence: (text) => text.split(/[.!?]+(?:\s+|$)/).filter((sentence) => sentence.trim() !== '').length,
  item: itemsIn,
  'bullet point': itemsIn,
  bullet: itemsIn,
  paragraph: (text) => text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '').length,
};

const COUNT = '(\\d[\\d,]*|one|two|three|four|five|six|seven|eight|nine|ten)';
const UNIT = '(words?|characters?|lines?|sentences?|paragraphs?|items?|bullet points?|bullets?)';
const TRAILER = '(?:\\s+(?:long|in length|of code|in total))?\\b';
const BELOW = 'fewer than|less than|under';
const ABOVE = 'more than|over';
const AT_MOST =
  'at most|a maximum of|maximum(?: of)?|max(?:\\.| of)?|no more than|not more than|up to|within|no longer than|(?:must |should |does |do |may )?not (?:to )?exceed|limited to|capped at';
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

const count = (text: string, unit: string, holds: (count: number) => boolean): Finding | undefined => {
  const name = unit.toLowerCase().replace(/s$/, '');
  const counted = UNITS[name]?.(text);
  if (counted === undefined) return undefined;
  return { holds: holds(counted), because: `The output has ${counted} ${name}${counted === 1 ? '' : 's'}.` };
};

export const TEXT_CHECKS: readonly Check[] = [
  {
    asks: new RegExp(`\\bbetween\\s+${COUNT}\\s+(?:and|to)\\s+${COUNT}\\s+${UNIT}${TRAILER}`, 'i'),
    look: ({ text }, [, least = '', most = '', unit = '']) =>
      count(text, unit, (counted) => counted >= numberOf(least) && counted <= numberOf(most)),
  },
  {
    asks: new RegExp(`\\b${COUNT}\\s+${UNIT}\\s+or\\s+(fewer|less|more)\\b`, 'i'),
    look: ({ text }, [, amount = '', unit = '', which = '']) =>
      count(text, unit, (counted) =>
        which.toLowerCase() === 'more' ? counted >= numberOf(amount) : counted <= numberOf(amount),
      ),
  },
  {
    // The longer phrases come first: "no more than" must not be read as "more than".
    asks: new RegExp(`\\b(${AT_MOST}|${AT_LEAST}|${BELOW}|${ABOVE}|${EXACTLY})\\s+${COUNT}\\s+${UNIT}${TRAILER}`, 'i'),
    look: ({ text }, [, phrase = '', amount = '', unit = '']) => {
      const relation = RELATIONS.find(([pattern]) => pattern.test(phrase))?.[1];
      return relation && count(text, unit, (counted) => relation(counted, numberOf(amount)));
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
    asks: /\b(?:contains?|includes?|mentions?|uses?|containing|including|mentioning|say|says)\s+(?:the\s+)?(?:exact\s+)?(?:words?|phrase|text|term|string|name)?\s*(?:"([^"]+)"|“([^”]+)”|`([^`]+)`|'([^']+)')(?!\s+(?:module|library|package)\b)/i,
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
