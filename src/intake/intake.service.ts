import { Injectable } from '@nestjs/common';
import type { TaskEvent } from '../contracts/event';
import type { TaskRecord } from '../contracts/record';
import { type TaskDraft, type TaskStatus, isTerminal } from '../contracts/task';
import { UserError } from '../common/errors';
import { Bell } from '../dispatch/bell.service';
import { Journal } from '../dispatch/journal.service';
import { LibraryPort } from '../memory/library.port';
import { Reflex } from '../reflex/reflex.service';
import { decodeCursor, encodeCursor } from './cursor';
import { IntakePort, type NewDocument, type TaskPage } from './intake.port';
import { TaskRecords } from './task.repository';

const EVENTS_AT_ONCE = 200;

@Injectable()
export class Intake extends IntakePort {
  constructor(
    private readonly reflex: Reflex,
    private readonly records: TaskRecords,
    private readonly bell: Bell,
    private readonly journal: Journal,
    private readonly library: LibraryPort,
  ) {
    super();
  }

  async accept(draft: TaskDraft): Promise<TaskRecord> {
    const screening = this.reflex.screen(draft);
    if (screening.decision === 'block') {
      throw new UserError('policy_violation', screening.reason ?? 'Task blocked by security policy', {
        details: screening.details,
      });
    }
    const id = await this.records.insert(screening.draft);
    if (id === undefined) {
      throw new UserError('validation_error', `parent_task_id: there is no task ${draft.parentTaskId ?? ''}.`, {
        details: { field: 'parent_task_id', constraint: 'an existing task' },
      });
    }
    await this.bell.queueTask(id);
    return this.get(id);
  }

  async get(id: string): Promise<TaskRecord> {
    const record = await this.records.find(id);
    if (record === undefined) throw new UserError('resource_not_found', `Task ${id} not found`);
    return record;
  }

  async list({ status, limit, cursor }: { status?: TaskStatus; limit: number; cursor?: string }): Promise<TaskPage> {
    const tasks = await this.records.page({
      limit: limit + 1,
      ...(status !== undefined && { status }),
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
    throw new UserError('invalid_operation', `Task ${id} has already ended (${after.status}) and cannot be cancelled.`);
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

  async ingest(collection: string, documents: NewDocument[]): Promise<{ ids: string[] }> {
    return { ids: await this.library.remember(collection, documents) };
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
