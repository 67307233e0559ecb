import { isBefore2019 } from './dialect';
import { type Evaluation, type Tools, addAll, childOf, listOf } from './evaluation';
import { type Schema, type SchemaObject, isSchema } from './resources';

/** Applies what a schema says of the items of a list, after all that it says of the list itself. */
export const evaluateItems = (
  schema: SchemaObject,
  value: readonly unknown[],
  pointer: string,
  seen: Evaluation,
  { draft, faultsOf }: Tools,
): void => {
  const looked = new Set<number>();
  const valid = (inner: Schema, at: number) => faultsOf(inner, value[at], childOf(pointer, at));
  const look = (inner: Schema, at: number): void => {
    looked.add(at);
    addAll(seen.faults, valid(inner, at));
  };

  const isNew = draft === '2020-12';
  const first = listOf(isNew ? schema['prefixItems'] : schema['items']).slice(0, value.length);
  first.forEach(look);
  const others = isNew || !Array.isArray(schema['items']) ? schema['items'] : schema['additionalItems'];
  if (isSchema(others)) for (let at = first.length; at < value.length; at += 1) look(others, at);

  const { contains } = schema;
  if (isSchema(contains) && draft !== '4') {
    const found = value.flatMap((_, at) => (valid(contains, at).length === 0 ? [at] : []));
    const { least, most } = boundsOf(schema, !isBefore2019(draft));
    if (found.length < least || found.length > most) {
      const limit = most === Infinity ? '' : ` and at most ${most}`;
      seen.faults.push({ pointer, message: `must contain at least ${least}${limit} valid item(s)` });
    }
    if (isNew) for (const at of found) seen.items.add(at);
  }
  for (const at of looked) seen.items.add(at);

  const { unevaluatedItems } = schema;
  if (!isSchema(unevaluatedItems)) return;
  for (let at = 0; at < value.length; at += 1) {
    if (seen.items.has(at)) continue;
    if (unevaluatedItems === false)
      seen.faults.push({ pointer, message: `must NOT have unevaluated items: number ${at}` });
    else look(unevaluatedItems, at);
  }
  for (const at of looked) seen.items.add(at);
};

const boundsOf = ({ minContains, maxContains }: SchemaObject, counts: boolean): { least: number; most: number } => ({
  least: counts && typeof minContains === 'number' ? minContains : 1,
  most: counts && typeof maxContains === 'number' ? maxContains : Infinity,
});
