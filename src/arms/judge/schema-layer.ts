import type { ErrorObject } from 'ajv';
import { type SchemaCheck, compileSchema } from '../../common/json-schema';
import type { Issue } from '../../contracts/outcome';
import type { LayerResult } from './layer';

const MOST_ISSUES = 10;

/**
 * Checks an outcome against the JSON Schema (drafts 6, 7, 2019-09, 2020-12; 7 when it names none) the user expects. A schema that
 * cannot be used is a warning and the layer counts as not run. Remote references are never fetched.
 */
export const schemaLayer = (outcome: unknown, schema: unknown): LayerResult => {
  if ((typeof schema !== 'object' && typeof schema !== 'boolean') || schema === null || Array.isArray(schema)) {
    return unusable('it is neither an object nor a boolean');
  }
  let errors: ErrorObject[];
  try {
    errors = errorsOf(outcome, compileSchema(schema));
  } catch (error) {
    return unusable(error instanceof Error ? error.message : 'it cannot be compiled');
  }
  return { name: 'schema', confidence: errors.length === 0 ? 1 : 0, issues: errors.slice(0, MOST_ISSUES).map(toIssue) };
};

/** A text may be meant as the JSON it holds or as the string it is: `123` follows both `integer` and `string`. */
const errorsOf = (outcome: unknown, check: SchemaCheck): ErrorObject[] => {
  const meant = typeof outcome === 'string' ? parsed(outcome) : outcome;
  const errors = check(meant);
  if (errors.length === 0 || meant === outcome) return errors;
  return check(outcome).length === 0 ? [] : errors;
};

const parsed = (text: string): unknown => {
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
  ...(instancePath !== '' && { location: instancePath }),
  suggestion: 'Make the output follow expected_schema.',
});

const unusable = (reason: string): LayerResult => ({
  name: 'schema',
  issues: [
    {
      severity: 'warning',
      type: 'schema_unusable',
      message: `expected_schema was not checked: ${reason.replace(/\.$/, '')}.`,
      suggestion: 'Give a self-contained JSON Schema; references to other documents are not fetched.',
    },
  ],
});
