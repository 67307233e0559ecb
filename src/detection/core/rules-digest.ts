import { sha256 } from '../../common/ids';

/** Patterns and functions do not survive JSON by themselves; their source does. */
const asText = (_: string, value: unknown): unknown =>
  value instanceof RegExp || typeof value === 'function' ? String(value) : value;

/** SHA-256, hex, over rules as they are written. What a rule's function calls is not seen. */
export const rulesDigest = (rules: readonly object[]): string => sha256(JSON.stringify(rules, asText));
