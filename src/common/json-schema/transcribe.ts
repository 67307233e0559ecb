import { type Draft, isBefore2019 } from './dialect';

export interface SchemaObject {
  readonly [keyword: string]: unknown;
}
export type Schema = SchemaObject | boolean;

/** Keywords that hold schemas by names of somebody's choice. */
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies']);
const ADDRESSES = new Set(['$id', 'id', '$ref', '$dynamicRef', '$recursiveRef']);
/** Values that the library would search for schemas. */
const DATA = new Set(['default', 'examples', 'example']);
/** Signs that no address may have as they are. */
const UNSAFE = /[^\w\-.~:/?#[\]@!$&'()*+,;=%]/gu;
/** One draft holds for all of a document; a vocabulary of its own would change what other documents mean. */
const DIALECTS = new Set(['$schema', '$vocabulary']);

/**
 * A schema that means the same, in the words that the library understands: it takes `$id` and `$ref` within values for schemas,
 * knows nothing beside a `$ref` of old but itself, and refuses addresses with signs that only the strict escape.
 */
export const transcribe = (schema: Schema, draft: Draft): Schema => {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    return isObject(value) ? entire(value) : value;
  };
  const part = (keyword: string, value: unknown): unknown => {
    if (keyword === 'enum' || keyword === 'const') return JSON.stringify(value);
    if (ADDRESSES.has(keyword) && typeof value === 'string') return escaped(value);
    if (!NAMED.has(keyword) || !isObject(value)) return inner(value);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]));
  };
  const entire = (given: SchemaObject): SchemaObject => {
    const { $ref, definitions, $defs } = given;
    if (isBefore2019(draft) && typeof $ref === 'string') {
      const kept = { ...(isObject(definitions) && { definitions }), ...(isObject($defs) && { $defs }) };
      return { ...entire(kept), allOf: [{ $ref: escaped($ref) }] };
    }
    const entries = Object.entries(given).filter(([keyword]) => isMeant(keyword));
    return Object.fromEntries(entries.map(([keyword, value]) => [keyword, part(keyword, value)]));
  };
  return typeof schema === 'boolean' ? schema : entire(schema);
};

const isObject = (value: unknown): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No keyword is called like something that every object has, and the library takes it for one. */
const isMeant = (keyword: string): boolean =>
  !DATA.has(keyword) && !DIALECTS.has(keyword) && !(keyword in Object.prototype);

const escaped = (given: string): string => {
  const address = given.toWellFormed();
  const at = address.indexOf('#');
  const place = (at < 0 ? address : address.slice(0, at)).replace(UNSAFE, encodeURIComponent);
  return at < 0 ? place : `${place}#${encodeURI(decoded(address.slice(at + 1)))}`;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
