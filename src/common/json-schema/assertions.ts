import Ajv, { str, type AnySchema, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json';
import addFormats from 'ajv-formats';
import { isMultipleOf } from './arithmetic';
import type { Dialect, Draft } from './dialect';
import { patternOf } from './pattern';
import type { Schema, SchemaObject } from './resources';
import { areUnique } from './unique-items';

/** What is wrong with a value, and where: a JSON pointer, empty for the whole. */
export interface SchemaFault {
  pointer: string;
  message: string;
}

/** Keywords that look at a value by themselves, without another schema. */
const ASSERTIONS =
  'type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxProperties minProperties required dependentRequired format'.split(
    ' ',
  );
/** More than anybody reads in one message. */
const MOST_VALUES = 20;

const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  logger: false,
  // A property such as `constructor` is there only if the value itself has it.
  ownProperties: true,
  // Patterns that give the same name for themselves are taken for one.
  code: {
    regExp: Object.assign(
      (source: string) => {
        const pattern = patternOf(source);
        return { test: (text: string) => pattern.test(text), toString: () => source };
      },
      { code: 'patternOf' },
    ),
  },
};

const libraryFor = (draft: Draft, options: Options): InstanceType<typeof Ajv> => {
  const ajv = new FLAVOURS[draft](options);
  ajv.removeKeyword('uniqueItems').removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    validate: (step: number, value: number) => isMultipleOf(value, step),
    error: { message: ({ schemaCode }) => str`must be multiple of ${schemaCode}` },
  });
  return ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (wanted: boolean, items: unknown[]) => !wanted || areUnique(items),
    error: { message: 'must NOT have duplicate items' },
  });
};

const FLAVOURS: Readonly<Record<Draft, typeof Ajv | typeof Ajv2019 | typeof Ajv2020>> = {
  '4': Ajv,
  '6': Ajv,
  '7': Ajv,
  '2019-09': Ajv2019,
  '2020-12': Ajv2020,
};

/** Why a document is no schema of its draft; nothing when it is one. Draft 4 is judged by what it shares with its heirs. */
export const metaFault = (schema: Schema, { draft }: Dialect): string | undefined => {
  if (draft === '4') return undefined;
  const ajv = libraryFor(draft, OPTIONS);
  if (draft === '6') ajv.addMetaSchema(draft6);
  const meta = draft === '6' ? draft6.$id : ajv.defaultMeta();
  return ajv.validate(meta as string, schema) ? undefined : `schema is invalid: ${ajv.errorsText()}`;
};

export type Assertions = (value: unknown, pointer: string) => SchemaFault[];

/** Reads the assertions of schemas; throws for what cannot be read. */
export const assertionReader = ({ draft, assertsFormats }: Dialect): ((schema: SchemaObject) => Assertions) => {
  const ajv = addFormats(
    libraryFor(draft, { ...OPTIONS, validateSchema: draft === '4', validateFormats: assertsFormats }),
  );
  return (schema) => {
    const own = ownAssertions(schema, draft);
    if (own === undefined) return () => [];
    const validate: ValidateFunction = ajv.compile(own as AnySchema);
    return (value, pointer) => {
      if (validate(value)) return [];
      return (validate.errors ?? []).map((error) => ({
        pointer: pointer + error.instancePath,
        message: describe(error),
      }));
    };
  };
};

const ownAssertions = (schema: SchemaObject, draft: Draft): SchemaObject | undefined => {
  const given = draft === '4' ? withNumericBounds(schema) : schema;
  const own = Object.fromEntries(
    ASSERTIONS.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]),
  );
  // No value is one of none; the library refuses the question.
  if (Array.isArray(own['enum']) && own['enum'].length === 0) return { not: {} };
  return Object.keys(own).length === 0 ? undefined : own;
};

/** In draft 4 a bound is told to be exclusive by a boolean beside it. */
const withNumericBounds = ({
  minimum,
  exclusiveMinimum,
  maximum,
  exclusiveMaximum,
  ...rest
}: SchemaObject): SchemaObject => ({
  ...rest,
  ...(minimum !== undefined && { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
  ...(maximum !== undefined && { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
});

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const describe = ({ message = 'does not follow the schema', params }: ErrorObject): string => {
  const allowed: unknown = (params as { allowedValues?: unknown }).allowedValues;
  if (!Array.isArray(allowed)) return message;
  const more = allowed.length > MOST_VALUES ? ', …' : '';
  return `${message}: ${allowed.slice(0, MOST_VALUES).map(shown).join(', ')}${more}`;
};
