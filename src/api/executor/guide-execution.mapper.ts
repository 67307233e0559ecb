import type { ArmAnswer } from '../../intake/intake.port';
import type { Wire } from '../http/types';
import { VERSION } from '../http/version';
import { replyOf } from './execute.mapper';
import type { GuideExecutionDto } from './guide-execution.dto';

/** The answer in the words of the first phase. */
export const toGuideExecutionDto = (answer: ArmAnswer, now: Date): Wire<GuideExecutionDto> => {
  const { exitCode, stdout, stderr, durationMs, commandHash, cpuTimeMs } = replyOf(answer);
  return {
    success: exitCode === 0,
    output: stdout,
    error: exitCode === 0 ? null : stderr || `exit code ${exitCode}`,
    provenance: {
      command_hash: `sha256:${commandHash}`,
      timestamp: now.toISOString(),
      executor_version: VERSION,
      execution_duration_ms: durationMs,
      exit_code: exitCode,
      resource_usage: cpuTimeMs === undefined ? {} : { cpu_time_ms: cpuTimeMs },
    },
  };
};
