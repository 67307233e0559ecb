import type { ExecutionReply } from '../../contracts/direct';
import type { SandboxOutcome } from '../../drivers/sandbox/sandbox.port';
import type { ScriptOutcome } from '../../drivers/script/script.port';
import type { SyntaxFault } from '../../drivers/syntax/syntax.port';
import type { HttpOutcome } from './http/guarded-http.service';

/** What carrying something out came to, whatever it was. */
export type Made = Omit<
  ExecutionReply,
  'actionType' | 'commandHash' | 'capabilitiesUsed' | 'durationMs' | 'risk' | 'riskReasons' | 'outputHash'
>;

/** As a shell tells that a program was killed: 128 and SIGKILL. */
const KILLED = 137;

export const fromSandbox = (outcome: SandboxOutcome, engine: string, memoryLimitMb: number): Made => {
  const { exitCode, stdout, stderr, truncated, limit, cpuTimeMs, maxMemoryBytes } = outcome;
  const timedOut = limit === 'wall' || limit === 'cpu';
  return {
    status: timedOut ? 'timeout' : exitCode === 0 ? 'completed' : 'failed',
    exitCode,
    stdout,
    stderr,
    engine,
    network: false,
    memoryLimitMb,
    truncated,
    artifacts: [],
    ...(cpuTimeMs !== undefined && { cpuTimeMs }),
    ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
    ...(limit !== undefined && { limit }),
  };
};

export const fromScript = (outcome: ScriptOutcome, memoryLimitMb: number): Made => {
  const { value, error, limit, logs, truncated } = outcome;
  const exitCode = limit !== undefined ? KILLED : error === undefined ? 0 : 1;
  return {
    status: limit === 'wall' ? 'timeout' : exitCode === 0 ? 'completed' : 'failed',
    exitCode,
    stdout: logs,
    stderr: error ?? '',
    engine: 'quickjs',
    network: false,
    memoryLimitMb,
    truncated,
    artifacts: [],
    ...(value !== undefined && { value }),
    ...(limit !== undefined && { limit }),
  };
};

export const fromHttp = ({ exitCode, httpStatus, ...printed }: HttpOutcome): Made => ({
  ...printed,
  status: exitCode === 28 ? 'timeout' : exitCode === 0 ? 'completed' : 'failed',
  exitCode,
  engine: 'none',
  network: true,
  memoryLimitMb: 0,
  artifacts: [],
  ...(exitCode === 28 && { limit: 'wall' }),
  ...(httpStatus !== undefined && { httpStatus }),
});

/** A program that could not even be read. */
export const fromFault = ({ message, line, column }: SyntaxFault, file: string): Made => {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return {
    status: 'failed',
    exitCode: 1,
    stdout: '',
    stderr: `${place}: ${message}\n`,
    engine: 'none',
    network: false,
    memoryLimitMb: 0,
    truncated: false,
    artifacts: [],
  };
};
