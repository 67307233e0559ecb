import { commandHash } from '../../common/command-hash';
import { sha256 } from '../../common/ids';
import { OctoError, UserError } from '../../common/errors';
import type { ExecutionReply, ExecutionRequest } from '../../contracts/direct';
import type { ExecutorCapability } from '../../contracts/executor-capability';
import type { LoggedAction } from '../../dispatch/arm.port';
import type { Assessment } from './risk/assessment';

/** What is known of an execution so far. It grows as more is found out. */
export interface Known {
  request: ExecutionRequest;
  /** Of `performance.now()`. */
  startedAt: number;
  needs: ExecutorCapability[];
  assessment?: Assessment;
  /** Whether a person was asked, and agreed. */
  approved?: boolean;
  /** SHA-256 of the tool's source as it was then, hex. */
  toolHash?: string;
}

const elapsed = ({ startedAt }: Known): number => Math.round(performance.now() - startedAt);

const details = (
  { request, needs, assessment, approved, toolHash }: Known,
  used: ExecutorCapability[],
): LoggedAction['details'] => ({
  action_type: request.actionType,
  command_hash: `sha256:${commandHash(request)}`,
  ...(request.input !== undefined && { input_hash: `sha256:${sha256(JSON.stringify(request.input))}` }),
  ...(toolHash !== undefined && { tool_hash: `sha256:${toolHash}` }),
  capabilities_required: needs,
  capabilities_used: used,
  ...(request.tokenId !== undefined && { capability_token_id: request.tokenId }),
  ...(assessment !== undefined && { risk: assessment.risk }),
  ...(approved === true && { approved }),
  ...(request.workspace !== undefined && { workspace: request.workspace }),
});

/**
 * The line in the action log for something that was carried out, whatever came of it. Hashes stand for what it said and made.
 * It is written before the step's result is: after a crash between the two the step is run again, and this second execution has a
 * line of its own, which its `attempt` tells from the first. One that a crash cut off before its line was written has none; that
 * the `attempt` of the next is above 1 tells of it.
 */
export const actionDone = (known: Known, reply: ExecutionReply): LoggedAction => ({
  type: 'execute',
  details: { ...details(known, reply.capabilitiesUsed), engine: reply.engine },
  result: {
    success: reply.exitCode === 0,
    status: reply.status,
    exit_code: reply.exitCode,
    duration_ms: reply.durationMs,
    output_hash: `sha256:${reply.outputHash}`,
    artifacts: reply.artifacts.map(({ sha256: hash }) => `sha256:${hash}`),
    ...(reply.limit !== undefined && { limit: reply.limit }),
  },
});

/** The same for something that was refused, or that came to nothing. */
export const actionFailed = (known: Known, error: unknown): LoggedAction => ({
  type: 'execute',
  details: details(known, []),
  result: {
    success: false,
    refused: error instanceof UserError,
    error: error instanceof OctoError ? error.code : 'stopped',
    duration_ms: elapsed(known),
  },
});
