import type { JsonValue } from '../contracts/json';

/** Bytes of UTF-8 a whole draft may take as JSON. Well above any goal with its context, well below what stalls a scan. */
export const MAX_DRAFT_BYTES = 524_288;
/** Levels of objects and arrays within one another. */
export const MAX_DRAFT_DEPTH = 64;

const isDeeperThan = (value: JsonValue | undefined, most: number): boolean => {
  let level: (JsonValue | undefined)[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []));
  }
  return false;
};

/** What is wrong with the size of a value, for people; undefined if nothing is. Depth first: deep values break `stringify`. */
export const sizeProblem = (value: JsonValue): string | undefined => {
  if (isDeeperThan(value, MAX_DRAFT_DEPTH))
    return `The task nests deeper than ${MAX_DRAFT_DEPTH} levels; flatten its context or metadata.`;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return bytes > MAX_DRAFT_BYTES
    ? `The task takes ${bytes} bytes; at most ${MAX_DRAFT_BYTES} are allowed. Shorten its goal or context, or store long texts as documents.`
    : undefined;
};
