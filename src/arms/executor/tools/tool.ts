import { z } from 'zod';
import { type SchemaCheck, compileSchema } from '../../../common/json-schema/json-schema';
import { COMMAND_RISKS, type CommandRisk } from '../../../contracts/direct';
import { EXECUTOR_CAPABILITIES, type ExecutorCapability } from '../../../contracts/executor-capability';
import type { JsonObject } from '../../../contracts/json';
import { RUNS_CODE } from '../capabilities';
import type { ProgramRuntime } from '../order';

/** A program that the owner of the server laid out for callers: JSON on standard input, JSON or text on standard output. */
export interface Tool {
  name: string;
  description: string;
  runtime: ProgramRuntime;
  source: string;
  /** `quickjs`: the source is the body of a function of `input`, and what it returns is the answer. */
  engine: 'process' | 'quickjs';
  /** Of the input; anything goes when absent. */
  inputSchema?: JsonObject;
  /** What a caller needs to be granted. */
  capabilities: ExecutorCapability[];
  /** What its owner says it may do. */
  risk?: CommandRisk;
  /** Whole seconds. */
  timeoutSeconds?: number;
}

export const RUNTIMES: Readonly<Record<string, ProgramRuntime>> = { py: 'python', js: 'javascript', ts: 'typescript' };
export const TOOL_NAME = /^[a-z0-9_-]{1,64}$/;
/** As long as any execution may take. */
const MOST_SECONDS = 300;

const card = z.strictObject({
  description: z.string().max(1_000).default(''),
  input_schema: z.exactOptional(z.record(z.string(), z.json())),
  capabilities: z.array(z.enum(EXECUTOR_CAPABILITIES)).default(RUNS_CODE),
  risk: z.exactOptional(z.enum(COMMAND_RISKS)),
  timeout_seconds: z.exactOptional(z.int().min(1).max(MOST_SECONDS)),
  engine: z.enum(['process', 'quickjs']).default('process'),
});

/** What is wrong with a tool's files, for its owner; one line that names the file and the remedy. */
export class ToolFault extends Error {}

const parsed = (name: string, text: string): z.output<typeof card> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ToolFault(`${name}.json is not JSON; correct it, or remove it.`);
  }
  const result = card.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ToolFault(`${name}.json: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not as it must be'}.`);
};

/**
 * The tool that these files describe; its schema is looked at when it is used. Errors: `ToolFault`.
 *
 * @param text of the JSON file beside the program, if there is one
 */
export const toolOf = (name: string, runtime: ProgramRuntime, source: string, text = '{}'): Tool => {
  const { description, input_schema, capabilities, risk, timeout_seconds, engine } = parsed(name, text);
  if (engine === 'quickjs' && runtime !== 'javascript') {
    throw new ToolFault(`${name}.json: engine: quickjs runs ${name}.js only; leave engine out.`);
  }
  return {
    name,
    description,
    runtime,
    source,
    engine,
    capabilities,
    ...(input_schema !== undefined && { inputSchema: input_schema }),
    ...(risk !== undefined && { risk }),
    ...(timeout_seconds !== undefined && { timeoutSeconds: timeout_seconds }),
  };
};

/** The check of what a tool is given; nothing where anything goes. Errors: `ToolFault`. */
export const inputCheckOf = async ({ name, inputSchema }: Tool): Promise<SchemaCheck | undefined> => {
  try {
    return inputSchema && (await compileSchema(inputSchema));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be compiled';
    throw new ToolFault(`${name}.json: input_schema: this is no JSON Schema that can be used (${reason}).`);
  }
};
