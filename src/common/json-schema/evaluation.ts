import type { SchemaFault } from './assertions';
import type { Draft } from './dialect';
import type { Pattern } from './pattern';
import { type Schema, isSchema, isSchemaObject } from './resources';

/** What a schema made of a value: its faults, and the properties and items that it has looked at. */
export interface Evaluation {
  faults: SchemaFault[];
  keys: Set<string>;
  items: Set<number>;
}

/** What looking at the parts of a value needs. */
export interface Tools {
  draft: Draft;
  faultsOf: (schema: Schema, part: unknown, pointer: string) => SchemaFault[];
  pattern: (source: string) => Pattern;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const schemasOf = (value: unknown): [string, Schema][] =>
  isSchemaObject(value) ? Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1])) : [];

export const listOf = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

export const childOf = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Spread as arguments, a long list would overflow the stack. */
export const addAll = (into: SchemaFault[], faults: readonly SchemaFault[]): void => {
  for (const fault of faults) into.push(fault);
};
