import { LRUCache } from 'lru-cache';
import { compile } from './compile';
import type { Draft } from './dialect';
import type { SchemaFault } from './schema-fault';
import type { Schema } from './transcribe';

export interface SchemaJob {
  schema: Schema;
  draft?: Draft;
  /** Absent when only the schema is to be looked at. */
  instance?: { value: unknown };
}
/** `unusable` says why nobody can tell. */
export type SchemaAnswer = { faults: readonly SchemaFault[] } | { unusable: string };

/** Text of all schemas kept ready, characters. */
const MOST_TEXT = 1_000_000;

type Check = Awaited<ReturnType<typeof compile>>;
const ready = new LRUCache<string, Check>({
  maxSize: MOST_TEXT,
  sizeCalculation: (_, key) => Math.max(1, key.length),
});

const checkOf = async (schema: Schema, draft: Draft | undefined): Promise<Check> => {
  const key = `${draft ?? ''} ${JSON.stringify(schema)}`;
  const check = ready.get(key) ?? (await compile(schema, draft));
  ready.set(key, check);
  return check;
};

/** Checks a value against a schema of somebody else, in a thread of its own. */
export default async ({ schema, draft, instance }: SchemaJob): Promise<SchemaAnswer> => {
  try {
    const check = await checkOf(schema, draft);
    return { faults: instance === undefined ? [] : check(instance.value) };
  } catch (error) {
    if (error instanceof RangeError) return { unusable: 'it refers to itself without end, or is nested too deeply' };
    return { unusable: error instanceof Error ? error.message : String(error) };
  }
};
