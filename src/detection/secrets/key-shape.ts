import type { Detector } from '../core/detector';
import { isFiller } from './placeholders';

const ALPHABET = 'aB3dE5gH7jK9mN2pQ4sT6vW8xYz0';
const HEX = 'a1b2c3d4e5f60718';
const UPPER = 'A2B3C4D5E6F7G2H3';

/** How a key of one service looks, as the service or its clients publish it. */
export interface KeyShape {
  service: string;
  /** How every such key begins; also what the gate looks for. */
  prefix: string;
  /** Pattern of what follows the prefix. */
  body: string;
  /** A made-up body that fits. */
  sample: string;
  /** Pattern of what comes before the prefix and belongs to the key, with a made-up text that fits. */
  head?: readonly [pattern: string, sample: string];
  /** What must not stand right before; a letter when absent. */
  notAfter?: string;
  kind?: string;
  label?: string;
  placeholder?: string;
}

type More = Partial<KeyShape>;

const WORD = '[A-Za-z0-9]';
const URLSAFE = '[A-Za-z0-9_-]';
const LOWER_HEX = '[0-9a-f]';
const range = (min: number, max: number): string => (min === max ? `{${min}}` : `{${min},${max}}`);

/** A made-up key body; no literal in this room has the shape of a real key. */
const fill = (alphabet: string, length: number): string =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
export const letters = (length: number): string => fill(ALPHABET, length);
export const hexDigits = (length: number): string => fill(HEX, length);
export const capitals = (length: number): string => fill(UPPER, length);

/** A key whose body is described by hand. */
export const shape = (service: string, prefix: string, body: string, sample: string, more: More = {}): KeyShape => ({
  service,
  prefix,
  body,
  sample,
  ...more,
});
/** A body of `min` to `max` letters and digits. */
export const word = (service: string, prefix: string, min: number, max = min, more: More = {}): KeyShape =>
  shape(service, prefix, WORD + range(min, max), letters(min), more);
/** A body of `min` to `max` characters of Base64url. */
export const urlsafe = (service: string, prefix: string, min: number, max = min, more: More = {}): KeyShape =>
  shape(service, prefix, URLSAFE + range(min, max), letters(min), more);
/** A body of `min` to `max` lower-case hexadecimal digits. */
export const hex = (service: string, prefix: string, min: number, max = min, more: More = {}): KeyShape =>
  shape(service, prefix, LOWER_HEX + range(min, max), hexDigits(min), more);
/** A body that is a UUID in lower case. */
export const uuid = (service: string, prefix: string, more: More = {}): KeyShape =>
  shape(
    service,
    prefix,
    `${LOWER_HEX}{8}-(?:${LOWER_HEX}{4}-){3}${LOWER_HEX}{12}`,
    'a1b2c3d4-e5f6-0718-a1b2-c3d4e5f60718',
    more,
  );

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Documentation fills real shapes with one letter; every other body is taken for a key. */
export const toDetector = ({ service, prefix, body, sample, head, notAfter, ...more }: KeyShape): Detector => {
  const [before, beforeSample] = head ?? ['', ''];
  return {
    id: `${service}:${prefix}`,
    kind: more.kind ?? `${service}_key`,
    label: more.label ?? 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: more.placeholder ?? '[API-KEY-REDACTED]',
    hints: [prefix.toLowerCase().replace(/\d/g, '0')],
    pattern: new RegExp(`(?<!${notAfter ?? '[A-Za-z]'})${before}${escape(prefix)}${body}(?![A-Za-z0-9])`, 'g'),
    check: (value) => ({ confidence: isFiller(value) ? 0 : 0.9 }),
    context: [],
    positives: [`key=«${beforeSample}${prefix}${sample}»;`, `{"a":"«${beforeSample}${prefix}${sample}»"}`],
    negatives: [
      `${prefix}short`,
      head ? prefix + sample : `x${prefix}${sample}`,
      `${beforeSample}${prefix}${'x'.repeat(sample.length)}`,
    ],
  };
};
