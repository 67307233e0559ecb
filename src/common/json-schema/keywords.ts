import { type Browser, entries, value } from '@hyperjump/browser';
import {
  type Keyword,
  type SchemaDocument,
  Validation,
  addKeyword,
  getKeyword,
} from '@hyperjump/json-schema/experimental';
import * as Instance from '@hyperjump/json-schema/instance/experimental';
import { canonical } from './canonical';
import { type Pattern, patternOf } from './pattern';

type At = Browser<SchemaDocument>;
type Context = Parameters<Keyword<unknown>['interpret']>[2] & {
  evaluatedProperties?: Set<string>;
  evaluatedItems?: Set<number> | undefined;
};

export const KEYWORD = 'https://json-schema.org/keyword/';

const namesIn = (parent: At, keyword: string): string[] =>
  Object.keys(value<Record<string, object | undefined>>(parent)[keyword] ?? {});

/** Looks at the properties that `schemaFor` has a schema for, and notes that they were looked at. */
const eachProperty = (
  instance: Instance.JsonNode,
  context: Context,
  schemasFor: (name: string) => readonly string[],
): boolean => {
  let isValid = true;
  for (const [key, property] of Instance.entries(instance)) {
    const name = Instance.value<string>(key);
    for (const schema of schemasFor(name)) {
      if (!Validation.interpret(schema, property, context)) isValid = false;
      context.evaluatedProperties?.add(name);
    }
  }
  return isValid;
};

/** The values as `transcribe` wrote them; the schemas of schemas have it as a list. */
const allowed: Keyword<string[]> = {
  id: `${KEYWORD}enum`,
  compile: (schema) => {
    const given = value<string | unknown[]>(schema);
    const list = typeof given === 'string' ? (JSON.parse(given) as unknown[]) : given;
    return Promise.resolve(list.map(canonical));
  },
  interpret: (texts, instance) => texts.includes(canonical(Instance.value(instance))),
};

const constant: Keyword<string> = {
  id: `${KEYWORD}const`,
  compile: (schema) => Promise.resolve(canonical(JSON.parse(value<string>(schema)))),
  interpret: (text, instance) => text === canonical(Instance.value(instance)),
};

const pattern: Keyword<{ source: string; compiled: Pattern }> = {
  id: `${KEYWORD}pattern`,
  compile: (schema) => {
    const source = value<string>(schema);
    return Promise.resolve({ source, compiled: patternOf(source) });
  },
  interpret: ({ compiled }, instance) =>
    Instance.typeOf(instance) !== 'string' || compiled.test(Instance.value<string>(instance)),
};

const patternProperties: Keyword<[Pattern, string][]> = {
  id: `${KEYWORD}patternProperties`,
  simpleApplicator: true,
  compile: async (schema, ast) => {
    const compiled: [Pattern, string][] = [];
    for await (const [source, inner] of entries(schema)) {
      compiled.push([patternOf(source), await Validation.compile(inner as At, ast, schema)]);
    }
    return compiled;
  },
  interpret: (patterns, instance, context) =>
    eachProperty(instance, context, (name) => patterns.flatMap(([one, schema]) => (one.test(name) ? [schema] : []))),
};

interface Others {
  names: ReadonlySet<string>;
  patterns: readonly Pattern[];
  schema: string;
}

const additionalProperties: Keyword<Others> = {
  id: `${KEYWORD}additionalProperties`,
  simpleApplicator: true,
  compile: async (schema, ast, parent) => ({
    names: new Set(namesIn(parent, 'properties')),
    patterns: namesIn(parent, 'patternProperties').map(patternOf),
    schema: await Validation.compile(schema, ast, parent),
  }),
  interpret: ({ names, patterns, schema }, instance, context) =>
    eachProperty(instance, context, (name) =>
      names.has(name) || patterns.some((one) => one.test(name)) ? [] : [schema],
    ),
};

/** In 2019-09, an item that is found does not count as looked at; to the library it always does. */
const containing = (library: Keyword<object>): Keyword<object & { counts: boolean }> => ({
  ...library,
  compile: async (schema, ast, parent) => ({
    ...(await library.compile(schema, ast, parent)),
    counts: !schema.document.dialectId.includes('2019-09'),
  }),
  interpret: (values, instance, context: Context) => {
    const unseen: Context = { ...context, evaluatedItems: undefined };
    return library.interpret(values, instance, values.counts ? context : unseen);
  },
});

/** Puts these in place of the library's own; once, and after its drafts were loaded. */
export const addKeywords = (): void => {
  const contains = containing(getKeyword(`${KEYWORD}contains`));
  for (const keyword of [allowed, constant, contains, pattern, patternProperties, additionalProperties]) {
    addKeyword(keyword as Keyword<unknown>);
  }
};
