import { Injectable } from '@nestjs/common';
import { isBuiltIn } from '../contracts/arm';
import type { TaskEvent } from '../contracts/event';
import type { JsonObject } from '../contracts/json';
import type { TaskRecord } from '../contracts/record';
import { type TaskDraft, isTerminal } from '../contracts/task';
import { type OctoError, TransientError, UserError, fromFault } from '../common/errors';
import { counter } from '../common/metrics';
import { ArmRegistry } from '../dispatch/arm-registry.service';
import { Bell } from '../dispatch/bell.service';
import { InPlaceRunner } from '../dispatch/in-place-runner.service';
import { Journal } from '../dispatch/journal.service';
import { LibraryPort, type Redaction } from '../memory/library.port';
import { Reflex } from '../reflex/reflex.service';
import { decodeCursor, encodeCursor } from '../common/cursor';
import {
  type AcceptOptions,
  type ArmAnswer,
  type ArmCall,
  IntakePort,
  type NewDocument,
  type RunState,
  type TaskPage,
} from './intake.port';
import { type Run, RunRepository } from './run.repository';
import { TaskRecords } from './task.repository';

const EVENTS_AT_ONCE = 200;

const screenings = counter('orchestrator_reflex_calls_total', 'Goals the reflex layer has screened', ['status']);

@Injectable()
export class Intake extends IntakePort {
  constructor(
    private readonly reflex: Reflex,
    private readonly records: TaskRecords,
    private readonly runs: RunRepository,
    private readonly arms: ArmRegistry,
    private readonly inPlace: InPlaceRunner,
    private readonly bell: Bell,
    private readonly journal: Journal,
    private readonly library: LibraryPort,
  ) {
    super();
  }

  async accept(given: TaskDraft, options: AcceptOptions = {}): Promise<TaskRecord> {
    const draft = this.screened(given, options);
    // With something replaced, what is worked on is not what was asked for.
    const answerHolder = draft === given ? options.holder : undefined;
    const task = await this.records.insert(draft, { holder: options.holder, answerHolder });
    if (task === undefined) {
      throw new UserError('validation_error', `parent_task_id: there is no task ${draft.parentTaskId ?? ''}.`, {
        details: { field: 'parent_task_id', constraint: 'an existing task' },
      });
    }
    this.bell.ringWaiting();
    return task;
  }

  async get(id: string): Promise<TaskRecord> {
    const record = await this.records.find(id);
    if (record === undefined) throw new UserError('resource_not_found', `Task ${id} not found`);
    return record;
  }

  async list({ statuses, limit, cursor }: Parameters<IntakePort['list']>[0]): Promise<TaskPage> {
    const tasks = await this.records.page({
      limit: limit + 1,
      ...(statuses !== undefined && { statuses }),
      ...(cursor !== undefined && { after: decodeCursor(cursor) }),
    });
    const shown = tasks.slice(0, limit);
    const last = shown.at(-1);
    const more = tasks.length > limit && last !== undefined;
    return {
      tasks: shown,
      nextCursor: more ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) : null,
    };
  }

  async run(given: ArmCall): Promise<ArmAnswer> {
    const { descriptor } = await this.arms.find(given.arm);
    if (descriptor.inPlace === true) return this.runInPlace(given);
    const run = await this.started(given);
    return run.question === null ? toAnswer(run) : this.refuseHeld(run.id, run.question.reason);
  }

  async begin(given: ArmCall): Promise<RunState> {
    return toState(await this.started(given));
  }

  /** The run once it has its answer, or waits for a person. Throws why it came to nothing. */
  private async started(given: ArmCall): Promise<Run> {
    const call = { ...given, draft: this.screened(given.draft), input: this.inputOf(given) };
    const { runId, stepId } = await this.runs.insert(call);
    // Asked for before ringing: what happens between the two is then not missed.
    let change = this.journal.nextChange(runId);
    const bell = { taskId: runId, stepId, arm: call.arm, priority: call.draft.priority };
    if (!(await this.bell.ringStep(bell))) {
      // Somebody waits for the answer: work that begins when the queue is back would be for nobody.
      await this.records.requestCancel(runId);
      throw new TransientError('service_unavailable', 'The queue that carries work to the arms does not answer.');
    }
    for (;;) {
      await change;
      change = this.journal.nextChange(runId);
      const run = await this.runs.find(runId);
      if (run === undefined) throw new UserError('resource_not_found', `Run ${runId} was deleted while it ran.`);
      if (run.stepDone || run.question !== null) return run;
      if (isTerminal(run.status)) throw failureOf(run);
    }
  }

  /** Nobody can approve what a caller waits for: a person takes longer than a connection lasts. */
  private async refuseHeld(runId: string, reason: string): Promise<never> {
    await this.records.requestCancel(runId);
    await this.bell.queueTask(runId);
    throw new UserError(
      'policy_violation',
      `This needs the approval of a person: ${reason} Submit it as a task, which can wait for one.`,
    );
  }

  async runState(runId: string): Promise<RunState> {
    const run = await this.runs.find(runId);
    if (run === undefined) throw new UserError('resource_not_found', `Run ${runId} not found`);
    return toState(run);
  }

  async idOf(id: string): Promise<string> {
    const found = await this.runs.idOf(id);
    if (found === undefined) throw new UserError('resource_not_found', `Task ${id} not found`);
    return found;
  }

  async workspaceOf(id: string, holder: string): Promise<string> {
    const found = await this.runs.workspaceOf(id, holder);
    if (found === undefined) throw new UserError('resource_not_found', `Task ${id} not found`);
    return found;
  }

  async cancel(id: string): Promise<TaskRecord> {
    const before = await this.get(id);
    if (before.status === 'cancelled') return before;
    if (!isTerminal(before.status)) {
      await this.records.requestCancel(before.id);
      await this.bell.queueTask(before.id);
      await this.ended(before.id);
    }
    const after = await this.get(before.id);
    if (after.status === 'cancelled') return after;
    if (!isTerminal(after.status)) return after;
    throw new UserError('invalid_operation', `The task has already ended (${after.status}) and cannot be cancelled.`);
  }

  async *watch(id: string, afterSeq: number, signal: AbortSignal): AsyncIterable<TaskEvent> {
    const { id: taskId, status } = await this.get(id);
    let seq = afterSeq;
    let over = isTerminal(status);
    while (!signal.aborted) {
      // Asked for before reading: what is written between the two is then not missed.
      const change = this.journal.nextChange(taskId);
      const events = await this.journal.read(taskId, seq, EVENTS_AT_ONCE);
      for (const event of events) {
        yield event;
        seq = event.seq;
        if (isLast(event)) return;
      }
      if (events.length === EVENTS_AT_ONCE) continue;
      if (over) return;
      // Nothing came for a while: a reader who asked for what lies beyond the last event would wait for ever.
      if ((await change) === 'poll') over = await this.records.hasEnded(taskId);
    }
  }

  async ingest(collection: string, documents: NewDocument[]): Promise<{ ids: string[]; redactions: Redaction[] }> {
    const redactions: Redaction[] = [];
    const ids = await this.library.remember(collection, documents, (redaction) => redactions.push(redaction));
    return { ids, redactions };
  }

  /** A plan may give work to arms of users; a planner that is called by itself has to be told of them. */
  private inputOf({ arm, input }: ArmCall): JsonObject {
    const brought = arm === 'planner' ? this.arms.offers().filter(({ id }) => !isBuiltIn(id)) : [];
    return brought.length === 0 ? input : { ...input, arms: brought };
  }

  /** What the guardian is for is not to be refused for what it looks at: here only the arm screens. */
  private async runInPlace({ arm, draft, input, action }: ArmCall): Promise<ArmAnswer> {
    const { goal, constraints, acceptanceCriteria, context } = draft;
    const task = { goal, constraints, acceptanceCriteria, context };
    const result = await this.inPlace.run(arm, { action, input, task });
    return { arm, ...result, warnings: result.warnings ?? [], models: [], tokensUsed: 0, costUsd: 0 };
  }

  /** The draft to go on with. Throws when there is none. */
  private screened(draft: TaskDraft, options: AcceptOptions = {}): TaskDraft {
    const screening = this.reflex.screen(draft, options);
    const isBlocked = screening.decision === 'block';
    screenings.inc({ status: isBlocked ? 'blocked' : 'success' });
    if (!isBlocked) return screening.draft;
    throw new UserError('policy_violation', screening.reason ?? 'Task blocked by security policy', {
      details: screening.details,
    });
  }

  /** Waits a moment for the orchestrator to carry a cancellation out, so that the answer can say so. */
  private async ended(id: string): Promise<void> {
    const deadline = AbortSignal.timeout(CANCEL_PATIENCE_MS);
    for await (const event of this.watch(id, 0, deadline)) if (isLast(event)) return;
  }
}

const CANCEL_PATIENCE_MS = 3_000;

const isLast = ({ type }: TaskEvent): boolean =>
  type === 'task.completed' || type === 'task.failed' || type === 'task.cancelled';

const toAnswer = ({
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

const toState = (run: Run): RunState => {
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
const failureOf = ({ taskError, fault, status }: Run): OctoError => {
  if (taskError?.type === 'timeout') return new TransientError('timeout', taskError.message);
  if (fault !== null) return fromFault(fault);
  if (status === 'cancelled') return new UserError('invalid_operation', 'The run was cancelled.');
  return new TransientError('service_unavailable', taskError?.message ?? 'The arm did not answer.');
};
