import Ajv, { type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json';
import addFormats from 'ajv-formats';
import { linearRegExp } from './linear-regexp';

const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  validateFormats: true,
  logger: false,
  code: { regExp: linearRegExp },
};

/**
 * A validator for a JSON Schema of somebody else (drafts 6, 7, 2019-09, 2020-12; 7 when it names none). Remote references are
 * never fetched. Throws when the schema cannot be compiled.
 */
export const compileSchema = (schema: object | boolean): ValidateFunction => {
  const draft = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  if (draft.includes('2020-12')) return addFormats(new Ajv2020(OPTIONS)).compile(schema);
  if (draft.includes('2019-09')) return addFormats(new Ajv2019(OPTIONS)).compile(schema);
  const ajv = addFormats(new Ajv(OPTIONS));
  ajv.addMetaSchema(draft6);
  return ajv.compile(schema);
};

/** What is wrong with a value, one line per fault, each naming the field; empty when nothing is. */
export const schemaProblems = (validate: ValidateFunction, value: unknown): string[] => {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(describe);
};

const describe = ({ instancePath, message, params }: ErrorObject): string => {
  const allowed: unknown = (params as { allowedValues?: unknown }).allowedValues;
  const where = instancePath === '' ? 'the object' : instancePath.slice(1).replaceAll('/', '.');
  return `${where} ${message ?? 'does not follow the schema'}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
};
