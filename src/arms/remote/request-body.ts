import { z } from 'zod';
import { TransientError, UserError } from '../../common/errors';
import { compileSchema, schemaProblems } from '../../common/json-schema/json-schema';
import type { ArmRecord, Assignment } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import type { Workbench } from '../../dispatch/arm.port';
import { fillByRules } from './fill-by-rules';
import { requestMessages } from './prompts';

const anyObject = z.looseObject({});

/** How a request came about. */
export interface RequestBody {
  body: JsonObject;
  /** Set when rules and not a model made it. */
  byRules: boolean;
}

/** The body of an arm's `/execute` for an assignment, valid against its `input_schema`. */
export const requestBody = async (arm: ArmRecord, given: Assignment, workbench: Workbench): Promise<RequestBody> => {
  const check = await compileSchema(arm.inputSchema);
  const problemsOf = (value: unknown): Promise<string[]> => schemaProblems(check, value);
  if (given.kind === 'direct') {
    const problems = await problemsOf(given.input);
    if (problems.length === 0) return { body: given.input, byRules: false };
    throw new UserError('validation_error', `The arm "${arm.id}" does not take this: ${problems.join('; ')}.`, {
      details: { constraint: 'input_schema of the arm', problems },
    });
  }
  if (workbench.model.isDemonstration) return fromRules(arm, given, problemsOf, demonstrationLimit);
  try {
    const { value } = await workbench.model.json({
      tier: 'fast',
      purpose: 'arm_input',
      messages: requestMessages(arm, given),
      maxTokens: 800,
      temperature: 0,
      schema: anyObject,
      check: problemsOf,
    });
    return { body: value as JsonObject, byRules: false };
  } catch (error) {
    if (!(error instanceof TransientError) || error.code !== 'model_reply_unusable') throw error;
    return fromRules(arm, given, problemsOf, () => error);
  }
};

const fromRules = async (
  arm: ArmRecord,
  { task }: Assignment,
  problemsOf: (value: unknown) => Promise<string[]>,
  fault: (arm: ArmRecord, problems: string[]) => Error,
): Promise<RequestBody> => {
  const body = fillByRules(arm.inputSchema, task.goal, task.constraints);
  const problems = await problemsOf(body);
  if (problems.length > 0) throw fault(arm, problems);
  return { body, byRules: true };
};

const demonstrationLimit = ({ id }: ArmRecord, problems: string[]): UserError =>
  new UserError(
    'demonstration_limit',
    `Without a language model the request for the arm "${id}" cannot be made of this goal (${problems.join('; ')}). Say the ` +
      'values plainly in the goal, or set OPENAI_API_KEY, or OPENAI_BASE_URL for any OpenAI-compatible server, or ' +
      'ANTHROPIC_API_KEY, or run Ollama; then restart the server and submit the goal again.',
  );
