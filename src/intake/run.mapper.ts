import { type OctoError, TransientError, UserError, fromFault } from '../common/errors';
import type { ArmAnswer, RunState } from './intake.port';
import type { Run } from './run.repository';

export const toAnswer = ({
  id,
  arm,
  output,
  confidence,
  warnings,
  models,
  tokensUsed,
  costUsd,
  durationMs,
}: Run): ArmAnswer => ({
  runId: id,
  arm,
  output: output ?? {},
  confidence: confidence ?? 0,
  warnings,
  models,
  tokensUsed,
  costUsd,
  durationMs,
});

export const toState = (run: Run): RunState => {
  const { id, arm, status, stepDone, createdAt, question } = run;
  const hasFailed = status === 'failed' || status === 'cancelled';
  const { code, message } = failureOf(run);
  return {
    runId: id,
    arm,
    createdAt,
    // The answer is given when its step is done; that the run has ended is written a moment later.
    status: hasFailed ? status : stepDone ? 'completed' : 'running',
    ...(question !== null && { question }),
    ...(stepDone && { answer: toAnswer(run) }),
    ...(hasFailed && !stepDone && { error: { code, message } }),
  };
};

/** Why a run came to nothing. The time it was given may be up while its step still waits for another try. */
export const failureOf = ({ taskError, fault, status }: Run): OctoError => {
  if (taskError?.type === 'timeout') return new TransientError('timeout', taskError.message);
  if (fault !== null) return fromFault(fault);
  if (status === 'cancelled') return new UserError('invalid_operation', 'The run was cancelled.');
  return new TransientError('service_unavailable', taskError?.message ?? 'The arm did not answer.');
};
