import { join } from 'node:path';
import { UserError } from '../errors';
import { ThreadDied, ThreadTimeout, Threads } from '../threads';
import type { Draft } from './dialect';
import type { SchemaAnswer, SchemaJob } from './json-schema.worker';
import type { SchemaFault } from './schema-fault';

/** What is wrong with a value; no more than anybody reads. Errors: `UserError` `validation_error` when that cannot be found out. */
export type SchemaCheck = (value: unknown) => Promise<readonly SchemaFault[]>;

/** Longest that one look at a schema may take, milliseconds: far more than an honest one needs, also on a busy machine. */
const PATIENCE_MS = 10_000;
const SIZE = { size: 2, memoryMb: 512 };

let threads: Threads<SchemaJob, SchemaAnswer> | undefined;

const ask = async (job: SchemaJob): Promise<readonly SchemaFault[]> => {
  threads ??= new Threads(join(__dirname, 'json-schema.worker'), SIZE);
  let answer: SchemaAnswer;
  try {
    answer = await threads.run(job, { timeoutMs: PATIENCE_MS });
  } catch (error) {
    throw refusal(error);
  }
  if ('unusable' in answer) throw new UserError('validation_error', answer.unusable);
  return answer.faults;
};

const refusal = (error: unknown): unknown => {
  const unusable = (reason: string): UserError =>
    new UserError('validation_error', `The JSON Schema ${reason}; give a simpler one.`);
  if (error instanceof ThreadTimeout) return unusable('takes too long to check');
  if (error instanceof ThreadDied) return unusable('needs too much memory to check');
  // Handing over what is nested without end overflows the stack.
  return (error as Error).name === 'RangeError' ? unusable('or the value is nested too deeply') : error;
};

/**
 * The check of a JSON Schema of somebody else, in threads of its own. Drafts 4, 6, 7, 2019-09 and 2020-12: the one it names,
 * else `draft`, else 7, or 2020-12 where it uses keywords that came after 7. Remote references are never fetched. Errors:
 * `UserError` `validation_error` with the reason when the schema cannot be used.
 */
export const compileSchema = async (schema: object | boolean, draft?: Draft): Promise<SchemaCheck> => {
  const job: SchemaJob = { schema: schema as SchemaJob['schema'], ...(draft !== undefined && { draft }) };
  await ask(job);
  return (value) => ask({ ...job, instance: { value } });
};

/** What is wrong with a value, one line for each of the first faults, naming the field; empty when nothing is. */
export const schemaProblems = async (check: SchemaCheck, value: unknown): Promise<string[]> =>
  (await check(value)).map(describe);

const describe = ({ pointer, message }: SchemaFault): string =>
  `${pointer === '' ? 'the object' : pointer.slice(1).replaceAll('/', '.')} ${message}`;
