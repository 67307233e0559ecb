import Ajv, { type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json';
import addFormats from 'ajv-formats';
import { UserError } from './errors';
import { linearRegExp } from './linear-regexp';
import { withinTime } from './time-bound';

const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  validateFormats: true,
  logger: false,
  code: { regExp: linearRegExp },
};

/** More than anybody reads. */
const MOST_PROBLEMS = 20;
/** Longest that reading a schema, or checking one value, may take: with references to itself a small one can take for ever. */
const PATIENCE_MS = 500;

/** What is wrong with a value. Errors: `UserError` `validation_error` when that cannot be found out. */
export type SchemaCheck = (value: unknown) => ErrorObject[];

const compile = (schema: object | boolean): ValidateFunction => {
  const draft = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  if (draft.includes('2020-12')) return addFormats(new Ajv2020(OPTIONS)).compile(schema);
  if (draft.includes('2019-09')) return addFormats(new Ajv2019(OPTIONS)).compile(schema);
  const ajv = addFormats(new Ajv(OPTIONS));
  ajv.addMetaSchema(draft6);
  return ajv.compile(schema);
};

const tooMuch = (): UserError =>
  new UserError('validation_error', 'The JSON Schema takes too long to check; give a simpler one.');

const check = (validate: ValidateFunction, value: unknown): ErrorObject[] | undefined => {
  try {
    return withinTime(PATIENCE_MS, () => (validate(value) ? [] : (validate.errors ?? [])));
  } catch (error) {
    // A schema that refers to itself without end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/**
 * The check of a JSON Schema of somebody else (drafts 6, 7, 2019-09, 2020-12; 7 when it names none). Remote references are
 * never fetched. Throws when the schema cannot be compiled.
 */
export const compileSchema = (schema: object | boolean): SchemaCheck => {
  const validate = withinTime(PATIENCE_MS, () => compile(schema));
  if (validate === undefined) throw tooMuch();
  return (value) => {
    const errors = check(validate, value);
    if (errors === undefined) throw tooMuch();
    return errors;
  };
};

/** What is wrong with a value, one line for each of the first faults, naming the field; empty when nothing is. */
export const schemaProblems = (check: SchemaCheck, value: unknown): string[] =>
  check(value).slice(0, MOST_PROBLEMS).map(describe);

const describe = ({ instancePath, message, params }: ErrorObject): string => {
  const allowed: unknown = (params as { allowedValues?: unknown }).allowedValues;
  const where = instancePath === '' ? 'the object' : instancePath.slice(1).replaceAll('/', '.');
  return `${where} ${message ?? 'does not follow the schema'}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
};
