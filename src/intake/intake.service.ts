import { Injectable } from '@nestjs/common';
import type { TaskEvent } from '../contracts/event';
import type { TaskRecord } from '../contracts/record';
import { type TaskDraft, isTerminal } from '../contracts/task';
import { readPage } from '../common/cursor';
import { UserError } from '../common/errors';
import { Bell } from '../dispatch/bell.service';
import { Journal } from '../dispatch/journal.service';
import { LibraryPort, type Redaction } from '../memory/library.port';
import { DirectRuns } from './direct-runs.service';
import { DraftScreening } from './draft-screening.service';
import {
  type AcceptOptions,
  type ArmAnswer,
  type ArmCall,
  IntakePort,
  type NewDocument,
  type RunState,
  type TaskPage,
} from './intake.port';
import { RunRepository } from './run.repository';
import { TaskRecords } from './task.repository';

const EVENTS_AT_ONCE = 200;
const CANCEL_PATIENCE_MS = 3_000;

@Injectable()
export class Intake extends IntakePort {
  constructor(
    private readonly screening: DraftScreening,
    private readonly direct: DirectRuns,
    private readonly records: TaskRecords,
    private readonly runs: RunRepository,
    private readonly bell: Bell,
    private readonly journal: Journal,
    private readonly library: LibraryPort,
  ) {
    super();
  }

  async accept(given: TaskDraft, options: AcceptOptions = {}): Promise<TaskRecord> {
    const draft = this.screening.screened(given, options);
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
    const { rows: tasks, nextCursor } = await readPage(
      { limit, cursor },
      (window) => this.records.page({ ...window, ...(statuses !== undefined && { statuses }) }),
      ({ createdAt }) => createdAt,
    );
    return { tasks, nextCursor };
  }

  run(call: ArmCall): Promise<ArmAnswer> {
    return this.direct.run(call);
  }

  begin(call: ArmCall): Promise<RunState> {
    return this.direct.begin(call);
  }

  runState(runId: string): Promise<RunState> {
    return this.direct.state(runId);
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

  /** Waits a moment for the orchestrator to carry a cancellation out, so that the answer can say so. */
  private async ended(id: string): Promise<void> {
    const deadline = AbortSignal.timeout(CANCEL_PATIENCE_MS);
    for await (const event of this.watch(id, 0, deadline)) if (isLast(event)) return;
  }
}

const isLast = ({ type }: TaskEvent): boolean =>
  type === 'task.completed' || type === 'task.failed' || type === 'task.cancelled';
