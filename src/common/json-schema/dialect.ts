/** Drafts of JSON Schema that are known here. */
export const DRAFTS = ['4', '6', '7', '2019-09', '2020-12'] as const;
export type Draft = (typeof DRAFTS)[number];

export interface Dialect {
  draft: Draft;
  /** From 2019-09 on, and unless the schema leaves its draft open, `format` is a remark and no demand. */
  assertsFormats: boolean;
}

/** What schemas without `$schema` are taken for, unless they use what came later. */
const USUAL: Draft = '7';
const LATER =
  /^(?:prefixItems|unevaluated(?:Items|Properties)|dependent(?:Required|Schemas)|(?:min|max)Contains|\$dynamicRef)$/;

const NAMED: readonly (readonly [RegExp, Draft])[] = [
  [/draft\/2020-12\//, '2020-12'],
  [/draft\/2019-09\//, '2019-09'],
  [/draft-07\//, '7'],
  [/draft-06\//, '6'],
  // There is hardly a schema of draft 3 that draft 4 reads otherwise.
  [/draft-0[34]\//, '4'],
];

/** Up to draft 7, whatever stands beside a `$ref` is ignored. */
export const isBefore2019 = (draft: Draft): boolean => DRAFTS.indexOf(draft) < DRAFTS.indexOf('2019-09');

/** The dialect of a schema: the one it names, else `otherwise`, else what its keywords tell. */
export const dialectOf = (schema: object | boolean, otherwise?: Draft): Dialect => {
  const uri = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  const named = NAMED.find(([pattern]) => pattern.test(uri))?.[1] ?? otherwise;
  if (named !== undefined) return { draft: named, assertsFormats: isBefore2019(named) };
  return { draft: usesLater(schema) ? '2020-12' : USUAL, assertsFormats: true };
};

const usesLater = (schema: unknown): boolean => {
  if (typeof schema !== 'object' || schema === null) return false;
  return Object.entries(schema).some(([key, value]) => LATER.test(key) || usesLater(value));
};
