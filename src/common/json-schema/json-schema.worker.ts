import { LRUCache } from 'lru-cache';
import type { SchemaFault } from './assertions';
import { compile } from './compile';
import type { Draft } from './dialect';
import type { Schema } from './resources';

export interface SchemaJob {
  schema: Schema;
  draft?: Draft;
  /** Absent when only the schema is to be looked at. */
  instance?: { value: unknown };
}
/** `unusable` says why nobody can tell. */
export type SchemaAnswer = { faults: SchemaFault[] } | { unusable: string };

/** Faults handed back; more than anybody reads. */
const MOST_FAULTS = 20;
/** Text of all schemas kept ready, characters. */
const MOST_TEXT = 1_000_000;

const ready = new LRUCache<string, (value: unknown) => SchemaFault[]>({
  maxSize: MOST_TEXT,
  sizeCalculation: (_, key) => Math.max(1, key.length),
});

const checkOf = (schema: Schema, draft: Draft | undefined): ((value: unknown) => SchemaFault[]) => {
  const key = `${draft ?? ''} ${JSON.stringify(schema)}`;
  const check = ready.get(key) ?? compile(schema, draft);
  ready.set(key, check);
  return check;
};

/** Checks a value against a schema of somebody else, in a thread of its own. */
export default ({ schema, draft, instance }: SchemaJob): SchemaAnswer => {
  try {
    const check = checkOf(schema, draft);
    return { faults: instance === undefined ? [] : check(instance.value).slice(0, MOST_FAULTS) };
  } catch (error) {
    if (error instanceof RangeError) return { unusable: 'it refers to itself without end, or is nested too deeply' };
    return { unusable: error instanceof Error ? error.message : String(error) };
  }
};
