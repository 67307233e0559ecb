import { z } from 'zod';
import type { ArmResult } from '../../contracts/arm';
import type { ExecutionReply, ExecutionRequest } from '../../contracts/direct';
import { DEFAULT_CAPABILITIES } from '../../contracts/executor-capability';
import type { JsonObject } from '../../contracts/json';
import type { Execution } from '../../contracts/outcome';
import type { PlannedExecution } from '../../contracts/plan';

/** As long as a command of a request. */
const MOST_COMMAND = 20_000;
/** Characters kept of what the program printed: the result is stored and may be read by a model. */
const MAX_PRINTED = 16_000;

const planned: z.ZodType<PlannedExecution> = z.object({
  actionType: z.enum(['shell', 'python', 'javascript', 'typescript']),
  command: z.string().min(1).max(MOST_COMMAND),
});

/** What a plan wants run word by word in this step; nothing when it is about the tests of what was written. */
export const plannedIn = (input: JsonObject): PlannedExecution | undefined =>
  planned.safeParse(input['execution']).data;

/** In the task's own workspace, without the network; where a person must agree the task waits. */
export const plannedRequest = (
  { actionType, command }: PlannedExecution,
  timeoutSeconds: number,
): ExecutionRequest => ({
  actionType,
  command,
  args: [],
  env: {},
  timeoutSeconds,
  allowNetwork: false,
  capabilities: DEFAULT_CAPABILITIES.filter((capability) => !capability.startsWith('Http')),
  mayWait: true,
});

export const cutPrint = (text: string): string =>
  text.length > MAX_PRINTED ? `${text.slice(0, MAX_PRINTED)}\n(${text.length - MAX_PRINTED} more characters)` : text;

/** A program that ends well has done what it was told; whether that was the right thing is for the judge to say. */
const weighed = ({ status, exitCode, limit, stderr }: ExecutionReply): Pick<ArmResult, 'confidence' | 'warnings'> => {
  if (status === 'completed') return { confidence: 0.9 };
  const lastWords = stderr.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  const end = limit === undefined ? `ended with exit code ${exitCode}` : `was ended by its limit on ${limit}`;
  return { confidence: 0.2, warnings: [`The program ${end}${lastWords === '' ? '.' : `: ${lastWords}`}`] };
};

export const plannedResult = (reply: ExecutionReply): ArmResult => {
  const { stdout, stderr, exitCode, artifacts, engine, durationMs } = reply;
  const output: Execution = {
    testRun: {
      ran: false,
      passed: 0,
      failed: 0,
      failures: [],
      durationMs,
      engine,
      reason: 'no tests: what the plan says was run',
    },
    stdout: cutPrint(stdout),
    stderr: cutPrint(stderr),
    exitCode,
    artifacts,
  };
  return { output, ...weighed(reply) };
};
