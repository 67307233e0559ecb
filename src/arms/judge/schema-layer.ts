import { type SchemaCheck, compileSchema } from '../../common/json-schema/json-schema';
import type { SchemaFault } from '../../common/json-schema/schema-fault';
import { UserError } from '../../common/errors';
import type { Issue } from '../../contracts/outcome';
import type { LayerResult } from './layer';

const MOST_ISSUES = 10;

/**
 * Checks an outcome against the JSON Schema the user expects (any draft; 7, or 2020-12 where its keywords ask for it, when it names
 * none). A schema that cannot be used is a warning and the layer counts as not run. Remote references are never fetched.
 */
export const schemaLayer = async (outcome: unknown, schema: unknown): Promise<LayerResult> => {
  if ((typeof schema !== 'object' && typeof schema !== 'boolean') || schema === null || Array.isArray(schema)) {
    return unusable('it is neither an object nor a boolean');
  }
  let faults: readonly SchemaFault[];
  try {
    faults = await faultsOf(outcome, await compileSchema(schema));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return unusable(error.message);
  }
  return { name: 'schema', confidence: faults.length === 0 ? 1 : 0, issues: faults.slice(0, MOST_ISSUES).map(toIssue) };
};

/** A text may be meant as the JSON it holds or as the string it is: `123` follows both `integer` and `string`. */
const faultsOf = async (outcome: unknown, check: SchemaCheck): Promise<readonly SchemaFault[]> => {
  const meant = typeof outcome === 'string' ? parsed(outcome) : outcome;
  const faults = await check(meant);
  if (faults.length === 0 || meant === outcome) return faults;
  return (await check(outcome)).length === 0 ? [] : faults;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const toIssue = ({ pointer, message }: SchemaFault): Issue => ({
  severity: 'error',
  type: 'schema_violation',
  message: `${pointer === '' ? 'The output' : pointer} ${message}.`,
  ...(pointer !== '' && { location: pointer }),
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
