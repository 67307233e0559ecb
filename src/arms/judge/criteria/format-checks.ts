import { isMap, isSeq, parseDocument } from 'yaml';
import type { Check, Finding } from './check';

/** A longer text takes a parser too long for the event loop. */
const MOST_YAML = 100_000;

/** What an output as a whole may be asked to be. */
const FORMATS: readonly (readonly [names: RegExp, holds: (text: string) => boolean])[] = [
  [/^(?:urls?|web addresse?s?)$/i, (text) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)],
  [/^e-?mail(?: addresse?s?)?$/i, (text) => /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text)],
  [/^(?:iso(?:[- ]?8601)?|yyyy-mm-dd)(?: dates?)?$/i, (text) => isDate(text)],
  [/^uuids?$/i, (text) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)],
  [/^(?:integers?|whole numbers?)$/i, (text) => /^[-+]?\d+$/.test(text)],
  [/^(?:single )?numbers?$/i, (text) => /^[-+]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?$/i.test(text)],
];
const NAMES =
  'urls?|web address|e-?mail(?: address)?|iso(?:[- ]?8601)?(?: date)|iso[- ]?8601|yyyy-mm-dd(?: date)?|uuid|integer|whole number|(?:single )?number';

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

const QUOTED = '(?:"([^"]+)"|“([^”]+)”|`([^`]+)`|\'([^\']+)\')';
const quotedIn = (asked: RegExpExecArray): string => asked.slice(1).find(Boolean) ?? '';

/** A difference in case alone may or may not have been meant. */
const atPlace = (part: string, wanted: string, place: string): Finding | undefined => {
  const holds = part === wanted;
  if (!holds && part.toLowerCase() === wanted.toLowerCase()) return undefined;
  return { holds, because: `The output ${holds ? 'does' : 'does not'} ${place} with "${wanted}".` };
};

const there =
  (pattern: RegExp, what: string): Check['look'] =>
  ({ text, artifact }) => {
    if (artifact) return undefined;
    const found = pattern.exec(text)?.[0];
    return {
      holds: found !== undefined,
      because: found === undefined ? `There is no ${what}.` : `There is ${what}: "${found.trim()}".`,
    };
  };

export const FORMAT_CHECKS: readonly Check[] = [
  {
    asks: new RegExp(
      `\\b(?:starts?|begins?|starting|beginning)\\s+with\\s+(?:the\\s+)?(?:words?|phrase|text|string)?\\s*${QUOTED}`,
      'i',
    ),
    look: ({ text }, asked) => atPlace(text.trimStart().slice(0, quotedIn(asked).length), quotedIn(asked), 'begin'),
  },
  {
    asks: new RegExp(
      `\\b(?:ends?|ending)\\s+(?:with|in)\\s+(?:the\\s+)?(?:words?|phrase|text|string)?\\s*${QUOTED}`,
      'i',
    ),
    look: ({ text }, asked) => atPlace(text.trimEnd().slice(-quotedIn(asked).length), quotedIn(asked), 'end'),
  },
  {
    asks: new RegExp(
      `\\b(?:is|be|as)\\s+(?:an?\\s+)?(?:valid\\s+|well-formed\\s+)?(${NAMES})(?!\\s*(?:of|between|from|\\w+\\s*=))(?![\\w-])`,
      'i',
    ),
    look: ({ text, artifact }, [, name = '']) => {
      const test = FORMATS.find(([names]) => names.test(name))?.[1];
      if (artifact || !test) return undefined;
      const holds = test(text.trim());
      return { holds, because: `The output is ${holds ? '' : 'not '}of the form "${name}".` };
    },
  },
  {
    asks: /\b(?:valid|well-formed|parsable|correct)\s+ya?ml\b|\b(?:in|as) ya?ml(?: format)?\b|\bya?ml (?:format|output)\b/i,
    look: ({ text, artifact }) => {
      if (artifact || text.length > MOST_YAML) return undefined;
      const document = parseDocument(text, { logLevel: 'silent' });
      const fault = document.errors[0]?.message.split('\n')[0];
      if (fault !== undefined) return { holds: false, because: `The output does not parse as YAML: ${fault}` };
      // Any sentence is a scalar; nobody who asks for YAML means that.
      return isMap(document.contents) || isSeq(document.contents)
        ? { holds: true, because: 'The output parses as YAML.' }
        : undefined;
    },
  },
  { asks: /\bemojis?\b/i, look: there(/\p{Extended_Pictographic}/u, 'an emoji') },
  {
    asks: /\b(?:bullet(?:ed)?[- ](?:points?|lists?)|bullets)\b/i,
    look: there(/^[ \t]*[-*•][ \t]+\S.*$/m, 'a bullet point'),
  },
  { asks: /\b(?:numbered|ordered) lists?\b/i, look: there(/^[ \t]*\d{1,3}[.)][ \t]+\S.*$/m, 'a numbered item') },
  { asks: /\b(?:code|fenced) blocks?\b/i, look: there(/^```.*$/m, 'a block of code') },
  { asks: /\b(?:question marks?)\b/i, look: there(/\?/, 'a question mark') },
  { asks: /\bexclamation (?:marks?|points?)\b/i, look: there(/!/, 'an exclamation mark') },
  {
    asks: /\b(?:all |entirely )?(?:in |is )?(lower|upper)[- ]?case(?: letters)?(?: only)?\b/i,
    look: ({ text, artifact }, [, which = '']) => {
      if (artifact || !/\p{L}/u.test(text)) return undefined;
      const wanted = which.toLowerCase() === 'lower' ? text.toLowerCase() : text.toUpperCase();
      return {
        holds: text === wanted,
        because: `The output is ${text === wanted ? '' : 'not '}all ${which.toLowerCase()} case.`,
      };
    },
  },
];
