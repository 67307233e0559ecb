import { type Evaluation, type Tools, addAll, childOf, schemasOf } from './evaluation';
import { type Schema, type SchemaObject, isSchema, isSchemaObject } from './resources';

type Value = Record<string, unknown>;

/** Applies what a schema says of the properties of an object, after all that it says of the object itself. */
export const evaluateProperties = (
  schema: SchemaObject,
  value: Value,
  pointer: string,
  seen: Evaluation,
  { faultsOf, pattern }: Tools,
): void => {
  const keys = Object.keys(value);
  const looked = new Set<string>();
  const look = (key: string, inner: Schema): void => {
    looked.add(key);
    addAll(seen.faults, faultsOf(inner, value[key], childOf(pointer, key)));
  };
  const rest = (keyword: 'additional' | 'unevaluated', left: readonly string[]): void => {
    const inner = schema[`${keyword}Properties`];
    if (inner === false)
      for (const key of left) seen.faults.push({ pointer, message: `must NOT have ${keyword} properties: '${key}'` });
    else if (isSchema(inner)) for (const key of left) look(key, inner);
    for (const key of looked) seen.keys.add(key);
  };

  for (const [key, inner] of schemasOf(schema['properties'])) if (Object.hasOwn(value, key)) look(key, inner);
  for (const [source, inner] of schemasOf(schema['patternProperties'])) {
    const compiled = pattern(source);
    for (const key of keys) if (compiled.test(key)) look(key, inner);
  }
  if (isSchema(schema['propertyNames'])) {
    for (const key of keys) {
      const fault = faultsOf(schema['propertyNames'], key, pointer)[0];
      if (fault)
        seen.faults.push({ pointer, message: `must NOT have the property name '${key}': it ${fault.message}` });
    }
  }
  for (const [key, name] of neededBeside(schema['dependencies'], value)) {
    seen.faults.push({ pointer, message: `must have property '${name}' when property '${key}' is present` });
  }
  rest(
    'additional',
    keys.filter((key) => !looked.has(key)),
  );
  rest(
    'unevaluated',
    keys.filter((key) => !seen.keys.has(key)),
  );
};

/** What is missing, with the property that calls for it. */
const neededBeside = (dependencies: unknown, value: Value): [key: string, name: string][] =>
  isSchemaObject(dependencies)
    ? Object.entries(dependencies)
        .filter(([key]) => Object.hasOwn(value, key))
        .flatMap(([key, names]) =>
          (Array.isArray(names) ? names.map(String) : [])
            .filter((name) => !Object.hasOwn(value, name))
            .map((name): [string, string] => [key, name]),
        )
    : [];
