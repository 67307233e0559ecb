import { Injectable } from '@nestjs/common';
import { commandHash } from '../../common/command-hash';
import { AppConfig } from '../../common/config/config.service';
import { TransientError, UserError } from '../../common/errors';
import { sha256 } from '../../common/ids';
import { Lanes } from '../../common/lanes';
import { counter, histogram } from '../../common/metrics';
import type { Assignment } from '../../contracts/arm';
import type { ExecutionReply, ExecutionRequest } from '../../contracts/direct';
import type { JsonValue } from '../../contracts/json';
import type { Workbench } from '../../dispatch/arm.port';
import { ScriptPort } from '../../drivers/script/script.port';
import { assess } from './assess-decision';
import { type Decision, type Fetched, decide } from './decide';
import { type Known, actionDone, actionFailed } from './logged-action';
import { GuardedHttp } from './http/guarded-http.service';
import { hostList } from './http/hosts';
import { hostBounds } from './http/host-bounds';
import { type Order, orderOf } from './order';
import { questionAbout } from './question';
import { type Made, fromHttp, fromScript } from './replies';
import type { Assessment } from './risk/assessment';
import { type Run, SandboxRuns, type Start } from './sandbox-runs.service';
import { ToolShelf } from './tools/tool-shelf.service';
import { answerOf, inputOf } from './tools/tool-talk';

/** What is to be done, and what it may come to. */
interface Prepared {
  decision: Decision;
  assessment: Assessment;
  /** What a person has to agree to first. */
  question?: string;
}
interface Bounds {
  assignment: Assignment;
  signal: AbortSignal;
  timeoutMs: number;
}

const executions = counter('executor_executions_total', 'Things executed', ['action_type', 'success']);
const violations = counter('executor_capability_violations_total', 'Executions refused by capability, list or rule');
const timeouts = counter('executor_timeouts_total', 'Executions ended by their time limit');
const seconds = histogram(
  'executor_execution_duration_seconds',
  'Time of one execution',
  [],
  [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300],
);

/** Of a QuickJS program: a short one, and there are few threads for all of them. */
const SCRIPT_MEMORY_MB = 64;
const SCRIPT_MS = 5_000;
/** Longest that one waits for another of the same caller: meanwhile it keeps a place in the arm from everybody. */
const SCRIPT_PATIENCE_MS = 3_000;
const BROKEN_HERE = ['sandbox_unavailable', 'runtime_unavailable'];
/** Of the step's time, what is left for starting the sandbox and storing the result. */
const RESERVE_MS = 2_000;

/**
 * Executes one thing that somebody asked for, word by word: capability, allow-list, argument rules, risk and host are looked at in
 * this order, then it runs in the sandbox, which has no network, in QuickJS, or is sent by our own guarded HTTP client. Whatever
 * comes of it leaves one line in the action log.
 */
@Injectable()
export class DirectExecution {
  private readonly commands: string[];
  private readonly hosts: string[];
  private readonly scriptsOf = new Lanes(1);

  constructor(
    private readonly runs: SandboxRuns,
    private readonly http: GuardedHttp,
    private readonly script: ScriptPort,
    private readonly tools: ToolShelf,
    config: AppConfig,
  ) {
    this.commands = config.executorCommands;
    this.hosts = hostList(config.values.EXECUTOR_HOSTS);
  }

  /**
   * Errors: `UserError` `capability_denied` (details `allowed_commands`, `required_capabilities`), `validation_error`,
   * `resource_not_found` (a tool); `TransientError` `service_unavailable` (nothing can be run here), `sandbox_failed`; those of
   * `Workspaces`, and what `Workbench.requireApproval` throws. A failing program and a time limit are outcomes.
   */
  async run(request: ExecutionRequest, assignment: Assignment, workbench: Workbench): Promise<ExecutionReply> {
    const known: Known = { request, startedAt: performance.now(), needs: [] };
    const prepared = await this.recorded(known, workbench, () => this.prepare(request, known, workbench.signal));
    if (prepared.question !== undefined) {
      workbench.requireApproval(prepared.question);
      known.approved = true;
    }
    return this.recorded(known, workbench, () => this.perform(prepared, known, assignment, workbench));
  }

  private async prepare(request: ExecutionRequest, known: Known, signal: AbortSignal): Promise<Prepared> {
    const order = await this.fetched(orderOf(request), known);
    const decision = decide(order, request, this.commands, (needs) => (known.needs = needs));
    if (decision.kind === 'tool') await this.tools.checkInput(decision.tool, inputOf(request));
    const assessment = await assess(decision, signal);
    known.assessment = assessment;
    const question = questionAbout(decision, assessment, request);
    if (question === undefined) return { decision, assessment };
    if (request.mayWait === true) return { decision, assessment, question };
    throw new UserError(
      'capability_denied',
      `This needs the approval of a person: ${question} Send wait_for_approval: true to have it wait for one, or submit it as a task.`,
      { details: { risk: assessment.risk } },
    );
  }

  private async fetched(order: Order, known: Known): Promise<Fetched> {
    if (order.kind !== 'tool') return order;
    const tool = await this.tools.get(order.name);
    known.toolHash = sha256(tool.source);
    return { kind: 'tool', tool };
  }

  private async perform(
    { decision, assessment }: Prepared,
    known: Known,
    assignment: Assignment,
    workbench: Workbench,
  ): Promise<ExecutionReply> {
    const { request } = known;
    const { signal, deadline } = workbench;
    workbench.report(`Executing ${decision.name}`);
    const allowedMs = Math.min(request.timeoutSeconds, decision.maxSeconds ?? Infinity) * 1000;
    const timeoutMs = Math.max(1, Math.min(allowedMs, deadline.getTime() - Date.now() - RESERVE_MS));
    const made = await this.carryOut(decision, request, assessment, { assignment, signal, timeoutMs });
    const durationMs = Math.round(performance.now() - known.startedAt);
    const reply: ExecutionReply = {
      ...made,
      actionType: request.actionType,
      durationMs,
      risk: assessment.risk,
      riskReasons: assessment.reasons,
      commandHash: commandHash(request),
      outputHash: sha256(`${made.stdout}\0${made.stderr}`),
      capabilitiesUsed: known.needs,
      ...(request.tokenId !== undefined && { tokenId: request.tokenId }),
    };
    await workbench.record(actionDone(known, reply));
    executions.inc({ action_type: request.actionType, success: String(reply.exitCode === 0) });
    if (reply.status === 'timeout') timeouts.inc();
    seconds.observe(durationMs / 1000);
    return reply;
  }

  private async carryOut(
    decision: Decision,
    request: ExecutionRequest,
    { risk }: Assessment,
    { assignment, signal, timeoutMs }: Bounds,
  ): Promise<Made> {
    const run = { assignment, request, signal, wallMs: timeoutMs, mayWrite: true };
    switch (decision.kind) {
      case 'http': {
        const bounds = hostBounds(request, decision.needs, this.hosts);
        return fromHttp(await this.http.send(decision.http, { ...bounds, signal, timeoutMs }));
      }
      case 'script':
        return this.inQuickJs(decision.source, request.input ?? null, run);
      case 'command':
        return this.runs.run(decision, { ...run, mayWrite: risk !== 'safe' });
      case 'program':
        return this.runs.run(decision, run);
      case 'tool': {
        const { engine, runtime, source } = decision.tool;
        const input = inputOf(request);
        if (engine === 'quickjs') return this.inQuickJs(source, input, run);
        // The files of the workspace are its caller's, and the tool is not.
        const start: Start = {
          kind: 'program',
          runtime,
          source,
          args: [],
          stdin: JSON.stringify(input),
          isApart: true,
        };
        return answerOf(await this.runs.run(start, run));
      }
    }
  }

  /** One caller has one thread at a time. */
  private async inQuickJs(source: string, input: JsonValue, { assignment, signal, wallMs }: Run): Promise<Made> {
    const limits = { wallMs: Math.min(wallMs, SCRIPT_MS), memoryMb: SCRIPT_MEMORY_MB };
    const patience = AbortSignal.timeout(SCRIPT_PATIENCE_MS);
    const work = async (): Promise<Made> =>
      fromScript(await this.script.run({ source, input, signal, limits }), SCRIPT_MEMORY_MB);
    try {
      return await this.scriptsOf.run(assignment.holder, work, AbortSignal.any([signal, patience]));
    } catch (error) {
      if (error !== patience.reason) throw error;
      const message = 'Another QuickJS program of the same caller is still running; try again when it has ended.';
      throw new TransientError('sandbox_busy', message, { retryAfterSeconds: SCRIPT_MS / 1000 });
    }
  }

  /** What comes to nothing is written down as well. A person who is asked in between is not waited for here. */
  private async recorded<T>(known: Known, workbench: Workbench, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      executions.inc({ action_type: known.request.actionType, success: 'false' });
      const explained = this.explained(error, known);
      // Where this cannot be written the step's own end cannot either, and it is tried again.
      await workbench.record(actionFailed(known, explained)).catch(() => undefined);
      throw explained;
    }
  }

  /** A refusal says what would have been needed and what is allowed. What is missing here is not the caller's mistake. */
  private explained(error: unknown, { needs }: Known): unknown {
    if (!(error instanceof UserError)) return error;
    if (BROKEN_HERE.includes(error.code)) return new TransientError('service_unavailable', error.message);
    if (error.code !== 'capability_denied') return error;
    violations.inc();
    const details = { allowed_commands: this.commands, required_capabilities: needs };
    return new UserError(error.code, error.message, { details: { ...error.details, ...details } });
  }
}
