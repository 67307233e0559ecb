import { type Draft, isBefore2019 } from './dialect';

export interface SchemaObject {
  readonly [keyword: string]: unknown;
}
export type Schema = SchemaObject | boolean;

/** Keywords that hold a schema, a list of them, or several by name. What stands under any other keyword is only data. */
const ONE =
  'not if then else additionalProperties additionalItems unevaluatedItems unevaluatedProperties contains propertyNames items contentSchema'.split(
    ' ',
  );
const LIST = 'allOf anyOf oneOf prefixItems items'.split(' ');
const NAMED = 'properties patternProperties $defs definitions dependentSchemas dependencies'.split(' ');

/** Base of a schema without an id; what it refers to relatively leads nowhere. */
export const NO_ADDRESS = 'json-schema:///';

export const isSchemaObject = (value: unknown): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSchema = (value: unknown): value is Schema => typeof value === 'boolean' || isSchemaObject(value);

const partsOf = (reference: string): [address: string, fragment: string] => {
  const at = reference.indexOf('#');
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at + 1)];
};

const joined = (address: string, base: string): string => {
  if (address === '') return base;
  return URL.canParse(address, base) ? new URL(address, base).href : address;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Every schema of a document by its address and anchor. Nothing is ever fetched: what is not here does not exist. */
export class Resources {
  private readonly roots = new Map<string, Schema>();
  private readonly anchors = new Map<string, SchemaObject>();
  private readonly dynamicAnchors = new Map<string, SchemaObject>();
  private readonly bases = new Map<SchemaObject, string>();
  private readonly idKeyword: '$id' | 'id';

  constructor(private readonly draft: Draft) {
    this.idKeyword = draft === '4' ? 'id' : '$id';
  }

  /** Takes in a document with all schemas in it. */
  add(schema: Schema, address = NO_ADDRESS): void {
    this.roots.set(address, schema);
    if (isSchemaObject(schema)) this.index(schema, address);
  }

  /** All schemas that were taken in, in order. */
  all(): SchemaObject[] {
    return [...this.bases.keys()];
  }

  /** Address of the resource that a schema belongs to. */
  baseOf(schema: SchemaObject): string {
    return this.bases.get(schema) ?? NO_ADDRESS;
  }

  rootOf(base: string): Schema | undefined {
    return this.roots.get(base);
  }

  dynamicAnchor(base: string, name: string): SchemaObject | undefined {
    return this.dynamicAnchors.get(`${base}#${name}`);
  }

  /** What a reference leads to from within the resource at `base`. Throws when that is not here. */
  resolve(reference: string, base: string): Schema {
    const [address, fragment] = partsOf(reference);
    const target = joined(address, base);
    const root = this.roots.get(target);
    const found =
      root === undefined || fragment === ''
        ? root
        : /^(?:\/|%2F)/i.test(fragment)
          ? this.follow(root, decoded(fragment), target)
          : this.anchors.get(`${target}#${decoded(fragment)}`);
    if (found === undefined) throw new Error(`can't resolve reference ${reference} from ${base}`);
    return found;
  }

  private follow(root: Schema, pointer: string, address: string): Schema | undefined {
    let at: unknown = root;
    let base = address;
    for (const token of pointer.slice(1).split('/')) {
      const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
      at = (at as SchemaObject)[key];
      if (isSchemaObject(at)) base = this.bases.get(at) ?? base;
    }
    if (!isSchema(at)) return undefined;
    // Somewhere under a keyword that holds no schemas: it becomes one by being referred to.
    if (isSchemaObject(at) && !this.bases.has(at)) this.index(at, base);
    return at;
  }

  private index(schema: SchemaObject, outer: string): void {
    const base = this.enter(schema, outer);
    this.bases.set(schema, base);
    for (const inner of innerSchemas(schema)) if (isSchemaObject(inner)) this.index(inner, base);
  }

  private enter(schema: SchemaObject, outer: string): string {
    const id = schema[this.idKeyword];
    const isIgnored = isBefore2019(this.draft) && typeof schema['$ref'] === 'string';
    let base = outer;
    if (typeof id === 'string' && !isIgnored) {
      const [address, name] = partsOf(id);
      base = joined(address, outer);
      if (address !== '') this.roots.set(base, schema);
      if (name !== '') this.anchors.set(`${base}#${name}`, schema);
    }
    const { $anchor, $dynamicAnchor } = schema;
    if (typeof $anchor === 'string') this.anchors.set(`${base}#${$anchor}`, schema);
    if (typeof $dynamicAnchor === 'string') {
      this.anchors.set(`${base}#${$dynamicAnchor}`, schema);
      this.dynamicAnchors.set(`${base}#${$dynamicAnchor}`, schema);
    }
    return base;
  }
}

const innerSchemas = (schema: SchemaObject): unknown[] => [
  ...ONE.map((keyword) => schema[keyword]),
  ...LIST.flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : [])),
  ...NAMED.flatMap((keyword) => (isSchemaObject(schema[keyword]) ? Object.values(schema[keyword]) : [])),
];
