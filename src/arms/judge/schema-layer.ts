import Ajv, { type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json';
import addFormats from 'ajv-formats';
import type { Issue } from '../../contracts/outcome';
import type { LayerResult } from './layer';
import { linearRegExp } from './linear-regexp';

const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  validateFormats: true,
  logger: false,
  code: { regExp: linearRegExp },
};
const MOST_ISSUES = 10;

/**
 * Checks a text against the JSON Schema (drafts 6, 7, 2019-09, 2020-12; 7 when it names none) the user expects. A schema that
 * cannot be used is a warning and the layer counts as not run. Remote references are never fetched.
 */
export const schemaLayer = (text: string, schema: unknown): LayerResult => {
  if ((typeof schema !== 'object' && typeof schema !== 'boolean') || schema === null || Array.isArray(schema)) {
    return unusable('it is neither an object nor a boolean');
  }
  let errors: ErrorObject[];
  try {
    const validate = validatorFor(schema);
    validate(valueOf(text));
    errors = validate.errors ?? [];
  } catch (error) {
    return unusable(error instanceof Error ? error.message : 'it cannot be compiled');
  }
  return { name: 'schema', confidence: errors.length === 0 ? 1 : 0, issues: errors.slice(0, MOST_ISSUES).map(toIssue) };
};

const validatorFor = (schema: object | boolean): ValidateFunction => {
  const draft = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  if (draft.includes('2020-12')) return addFormats(new Ajv2020(OPTIONS)).compile(schema);
  if (draft.includes('2019-09')) return addFormats(new Ajv2019(OPTIONS)).compile(schema);
  const ajv = addFormats(new Ajv(OPTIONS));
  ajv.addMetaSchema(draft6);
  return ajv.compile(schema);
};

/** An outcome that is JSON is checked as the value it stands for, any other as the string it is. */
const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const toIssue = ({ instancePath, message = 'does not follow the schema' }: ErrorObject): Issue => ({
  severity: 'error',
  type: 'schema_violation',
  message: `${instancePath === '' ? 'The output' : instancePath} ${message}.`,
  suggestion: 'Make the output follow context.expected_schema.',
});

const unusable = (reason: string): LayerResult => ({
  name: 'schema',
  issues: [
    {
      severity: 'warning',
      type: 'schema_unusable',
      message: `context.expected_schema was not checked: ${reason}.`,
      suggestion: 'Give a self-contained JSON Schema; references to other documents are not fetched.',
    },
  ],
});
