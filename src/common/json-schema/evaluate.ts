import type { Assertions, SchemaFault } from './assertions';
import { type Dialect, isBefore2019 } from './dialect';
import { evaluateItems } from './items';
import { type Evaluation, addAll, isObject, listOf, schemasOf } from './evaluation';
import { type Pattern, patternOf } from './pattern';
import { evaluateProperties } from './properties';
import { type Resources, type Schema, type SchemaObject, isSchema, isSchemaObject } from './resources';

/** The resources gone through on the way to a schema, innermost first. */
interface Scope {
  base: string;
  outer: Scope | undefined;
}

/**
 * Applies the schemas of a document to values: references, combinations, properties, items. Their assertions are the library's.
 * Its own applicators pass over what is unevaluated and follow dynamic references only in part.
 */
export class Evaluator {
  private readonly known = new Map<SchemaObject, Assertions>();
  private readonly patterns = new Map<string, Pattern>();

  constructor(
    private readonly resources: Resources,
    private readonly dialect: Dialect,
    private readonly read: (schema: SchemaObject) => Assertions,
  ) {}

  /** Throws for a reference that leads nowhere, and a pattern that is none. */
  prepare(): void {
    for (const schema of this.resources.all()) {
      const base = this.resources.baseOf(schema);
      for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
        const reference = schema[keyword];
        if (typeof reference === 'string') this.resources.resolve(reference, base);
      }
      if (typeof schema['pattern'] === 'string') this.pattern(schema['pattern']);
      for (const [source] of schemasOf(schema['patternProperties'])) this.pattern(source);
      if (this.dialect.draft === '4') this.assertionsOf(schema);
    }
  }

  /** Throws `RangeError` where schema or value go on without end. */
  faults(schema: Schema, value: unknown): SchemaFault[] {
    return this.evaluate(schema, value, '', undefined).faults;
  }

  private evaluate(schema: Schema, value: unknown, pointer: string, outer: Scope | undefined): Evaluation {
    const seen: Evaluation = { faults: [], keys: new Set(), items: new Set() };
    if (typeof schema === 'boolean') {
      if (!schema) seen.faults.push({ pointer, message: 'must not be there: its schema is false' });
      return seen;
    }
    const base = this.resources.baseOf(schema);
    const scope = outer?.base === base ? outer : { base, outer };
    const refers = typeof schema['$ref'] === 'string';
    this.references(schema, scope, (target) => merge(seen, this.evaluate(target, value, pointer, scope)));
    if (refers && isBefore2019(this.dialect.draft)) return seen;

    addAll(seen.faults, this.assertionsOf(schema)(value, pointer));
    this.combinations(schema, value, seen, (inner) => this.evaluate(inner, value, pointer, scope), pointer);
    const tools = {
      draft: this.dialect.draft,
      faultsOf: (inner: Schema, part: unknown, place: string) => this.evaluate(inner, part, place, scope).faults,
      pattern: (source: string) => this.pattern(source),
    };
    if (isObject(value)) evaluateProperties(schema, value, pointer, seen, tools);
    if (Array.isArray(value)) evaluateItems(schema, value, pointer, seen, tools);
    return seen;
  }

  private references(schema: SchemaObject, scope: Scope, follow: (target: Schema) => void): void {
    const { $ref, $dynamicRef, $recursiveRef } = schema;
    if (typeof $ref === 'string') follow(this.resources.resolve($ref, scope.base));
    if (typeof $dynamicRef === 'string') follow(this.dynamic($dynamicRef, scope));
    if (typeof $recursiveRef === 'string') follow(this.recursive($recursiveRef, scope));
  }

  /** The outermost schema with the same dynamic anchor, if the one next to hand has it at all. */
  private dynamic(reference: string, scope: Scope): Schema {
    const next = this.resources.resolve(reference, scope.base);
    const name = reference.slice(reference.indexOf('#') + 1);
    if (typeof next === 'boolean' || next['$dynamicAnchor'] !== name) return next;
    return outermost(scope, (base) => this.resources.dynamicAnchor(base, name)) ?? next;
  }

  private recursive(reference: string, scope: Scope): Schema {
    const next = this.resources.resolve(reference, scope.base);
    if (typeof next === 'boolean' || next['$recursiveAnchor'] !== true) return next;
    const anchored = (base: string): Schema | undefined => {
      const root = this.resources.rootOf(base);
      return isSchemaObject(root) && root['$recursiveAnchor'] === true ? root : undefined;
    };
    return outermost(scope, anchored) ?? next;
  }

  private combinations(
    schema: SchemaObject,
    value: unknown,
    seen: Evaluation,
    apply: (inner: Schema) => Evaluation,
    pointer: string,
  ): void {
    for (const inner of listOf(schema['allOf'])) merge(seen, apply(inner));
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      if (!Array.isArray(schema[keyword])) continue;
      const tried = listOf(schema[keyword]).map(apply);
      const fitting = tried.filter(({ faults }) => faults.length === 0);
      for (const one of fitting) merge(seen, one);
      if (fitting.length === 0) for (const { faults } of tried) addAll(seen.faults, faults);
      const fits = keyword === 'anyOf' ? fitting.length > 0 : fitting.length === 1;
      const which = keyword === 'anyOf' ? 'a' : 'exactly one';
      if (!fits) seen.faults.push({ pointer, message: `must match ${which} schema in ${keyword}` });
    }
    if (isSchema(schema['not']) && apply(schema['not']).faults.length === 0) {
      seen.faults.push({ pointer, message: 'must NOT be valid by the schema in not' });
    }
    if (isSchema(schema['if']) && this.dialect.draft !== '4' && this.dialect.draft !== '6') {
      const condition = apply(schema['if']);
      const holds = condition.faults.length === 0;
      if (holds) merge(seen, condition);
      const consequence = schema[holds ? 'then' : 'else'];
      if (isSchema(consequence)) merge(seen, apply(consequence));
    }
    if (!isObject(value)) return;
    for (const [key, inner] of [...schemasOf(schema['dependentSchemas']), ...schemasOf(schema['dependencies'])])
      if (Object.hasOwn(value, key)) merge(seen, apply(inner));
  }

  private assertionsOf(schema: SchemaObject): Assertions {
    const known = this.known.get(schema) ?? this.read(schema);
    this.known.set(schema, known);
    return known;
  }

  private pattern(source: string): Pattern {
    const known = this.patterns.get(source) ?? patternOf(source);
    this.patterns.set(source, known);
    return known;
  }
}

/** Only what a schema found valid counts as looked at by it. */
const merge = (into: Evaluation, { faults, keys, items }: Evaluation): void => {
  addAll(into.faults, faults);
  if (faults.length > 0) return;
  for (const key of keys) into.keys.add(key);
  for (const item of items) into.items.add(item);
};

const outermost = <T>(scope: Scope, find: (base: string) => T | undefined): T | undefined => {
  let found: T | undefined;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) found = find(at.base) ?? found;
  return found;
};
