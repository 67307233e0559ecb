import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { TransientError, UserError } from '../../common/errors';
import { sha256 } from '../../common/ids';
import { counter, histogram } from '../../common/metrics';
import type { ExecutionReply, ExecutionRequest } from '../../contracts/direct';
import type { ExecutorCapability } from '../../contracts/executor-capability';
import type { Workbench } from '../../dispatch/arm.port';
import {
  type SandboxLimits,
  type SandboxOutcome,
  type SandboxRequest,
  SandboxPort,
} from '../../drivers/sandbox/sandbox.port';
import { type Decision, decide } from './decide';
import { GuardedHttp, type HttpOutcome } from './http/guarded-http.service';
import { hostList } from './http/hosts';

type Reply = Omit<ExecutionReply, 'commandHash' | 'capabilitiesUsed' | 'durationMs'>;
type Bounds = Pick<Workbench, 'signal'> & { timeoutMs: number };

const executions = counter('executor_executions_total', 'Things executed', ['action_type', 'success']);
const violations = counter('executor_capability_violations_total', 'Executions refused by capability, list or rule');
const timeouts = counter('executor_timeouts_total', 'Executions ended by their time limit');
const seconds = histogram(
  'executor_execution_duration_seconds',
  'Time of one execution',
  [],
  [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300],
);

const MEMORY_MB = 512;
/** Threads count as processes, and V8 needs a dozen for itself. */
const PROCESSES = { python: 10, command: 10, javascript: 64 };
const ENTRY = { python: 'main.py', javascript: 'main.js' } as const;
const BROKEN_HERE = ['sandbox_unavailable', 'runtime_unavailable'];
/** Of the step's time, what is left for starting the sandbox and storing the result. */
const RESERVE_MS = 2_000;

const fromSandbox = (outcome: SandboxOutcome, engine: string): Reply => {
  const { exitCode, stdout, stderr, truncated, limit, cpuTimeMs } = outcome;
  const timedOut = limit === 'wall' || limit === 'cpu';
  return {
    status: timedOut ? 'timeout' : exitCode === 0 ? 'completed' : 'failed',
    exitCode,
    stdout,
    stderr,
    engine,
    network: false,
    memoryLimitMb: MEMORY_MB,
    truncated,
    ...(cpuTimeMs !== undefined && { cpuTimeMs }),
    ...(limit !== undefined && { limit }),
  };
};

const fromHttp = ({ exitCode, httpStatus, ...printed }: HttpOutcome): Reply => ({
  ...printed,
  status: exitCode === 28 ? 'timeout' : exitCode === 0 ? 'completed' : 'failed',
  exitCode,
  engine: 'none',
  network: true,
  memoryLimitMb: 0,
  ...(exitCode === 28 && { limit: 'wall' }),
  ...(httpStatus !== undefined && { httpStatus }),
});

/** The words the hash stands for: command and arguments, or the interpreter and its source. */
const hashedWords = ({ command, args, code }: ExecutionRequest): string[] =>
  [command, ...(code === undefined ? [] : [code]), ...args].filter((word) => word !== '');

/**
 * Executes one thing that somebody asked for directly: capability, allow-list, argument rules and host are looked at in this
 * order, then it runs in the sandbox, which has no network, or is sent by our own guarded HTTP client.
 */
@Injectable()
export class DirectExecution {
  private readonly commands: string[];
  private readonly hosts: string[];

  constructor(
    private readonly sandbox: SandboxPort,
    private readonly http: GuardedHttp,
    config: AppConfig,
  ) {
    this.commands = config.executorCommands;
    this.hosts = hostList(config.values.EXECUTOR_HOSTS);
  }

  /**
   * Errors: `UserError` `capability_denied` (details `allowed_commands`, `required_capabilities`), `validation_error`,
   * `resource_not_found` (a tool); `TransientError` `service_unavailable` (nothing can be run here), `sandbox_failed`.
   * A failing program and a time limit are outcomes.
   */
  async run(request: ExecutionRequest, workbench: Workbench): Promise<ExecutionReply> {
    const startedAt = performance.now();
    const { signal, deadline } = workbench;
    const left = deadline.getTime() - Date.now() - RESERVE_MS;
    const timeoutMs = Math.max(1, Math.min(request.timeoutSeconds * 1000, left));
    let required: ExecutorCapability[] = [];
    try {
      const decision = decide(request, this.commands, (needed) => (required = needed));
      workbench.report(`Executing ${decision.name}`);
      const reply = await this.carryOut(decision, request, { signal, timeoutMs });
      executions.inc({ action_type: request.actionType, success: String(reply.exitCode === 0) });
      if (reply.status === 'timeout') timeouts.inc();
      const durationMs = Math.round(performance.now() - startedAt);
      seconds.observe(durationMs / 1000);
      return { ...reply, durationMs, commandHash: sha256(hashedWords(request).join(' ')), capabilitiesUsed: required };
    } catch (error) {
      executions.inc({ action_type: request.actionType, success: 'false' });
      throw this.explained(error, required);
    }
  }

  private async carryOut(decision: Decision, request: ExecutionRequest, { signal, timeoutMs }: Bounds): Promise<Reply> {
    if (decision.kind === 'http') {
      const hosts = request.capabilities.includes('HttpAllHosts') ? undefined : this.hosts;
      return fromHttp(await this.http.send(decision.http, { hosts, signal, timeoutMs }));
    }
    const { engine } = await this.sandbox.status();
    const surroundings = {
      env: request.env,
      ...(request.cwd !== undefined && { cwd: request.cwd }),
      signal,
      limits: this.limits(timeoutMs, decision.kind === 'command' ? 'command' : decision.runtime),
    };
    if (decision.kind === 'command') {
      const { name, args } = decision;
      return fromSandbox(await this.sandbox.command({ name, args, ...surroundings }), engine);
    }
    return fromSandbox(await this.sandbox.run({ ...program(decision), ...surroundings }), engine);
  }

  private limits(wallMs: number, what: keyof typeof PROCESSES): Partial<SandboxLimits> {
    return { wallMs, cpuSeconds: Math.ceil(wallMs / 1000), memoryMb: MEMORY_MB, processes: PROCESSES[what] };
  }

  /** A refusal says what would have been needed and what is allowed. What is missing here is not the caller's mistake. */
  private explained(error: unknown, required: ExecutorCapability[]): unknown {
    if (!(error instanceof UserError)) return error;
    if (BROKEN_HERE.includes(error.code)) return new TransientError('service_unavailable', error.message);
    if (error.code !== 'capability_denied') return error;
    violations.inc();
    const details = { allowed_commands: this.commands, required_capabilities: required };
    return new UserError(error.code, error.message, { details: { ...error.details, ...details } });
  }
}

const program = ({ runtime, source, args }: Extract<Decision, { kind: 'program' }>): SandboxRequest => ({
  runtime,
  files: { [ENTRY[runtime]]: source },
  entry: ENTRY[runtime],
  args,
});
