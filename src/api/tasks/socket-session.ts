import type { TaskRecord } from '../../contracts/record';
import { OctoError } from '../../common/errors';
import { type TaskIdForm, formatTaskId, parseTaskId } from './task-id';
import { familyOfForm } from './family';
import { type ClientMessage, readMessage } from './socket-message';
import { statusWord } from './status-words';
import { progressMessage, toShare } from './task-progress';

/** What a session needs of the server. */
export interface SessionDesk {
  /** Errors: `resource_not_found`. */
  find(given: string): Promise<{ id: string }>;
  changes(id: string, signal: AbortSignal): AsyncIterable<TaskRecord>;
  now(): Date;
}

/** More is no client that watches its tasks. */
const MAX_SUBSCRIPTIONS = 50;

const toProgressMessage = (task: TaskRecord, form: TaskIdForm, now: Date): object => ({
  type: 'task.progress',
  task_id: formatTaskId(task, form),
  status: statusWord(task, familyOfForm(form)),
  progress: toShare(task),
  message: progressMessage(task),
  timestamp: now.toISOString(),
});

/** One client on a WebSocket: answers what it says, and tells it of the tasks it subscribed to until each has ended. */
export class SocketSession {
  /** By the id as the client wrote it, so that answers carry the same one. */
  private readonly subscriptions = new Map<string, AbortController>();

  constructor(
    private readonly desk: SessionDesk,
    private readonly send: (message: object) => void,
  ) {}

  receive(text: string): void {
    const message = readMessage(text);
    switch (message.type) {
      case 'ping':
        this.send({ type: 'pong', timestamp: this.desk.now().toISOString() });
        return;
      case 'bad':
        this.fail('validation_error', message.message);
        return;
      case 'unsubscribe':
        this.subscriptions.get(message.taskId)?.abort();
        return;
      case 'subscribe':
        this.subscribe(message);
    }
  }

  /** Ends every subscription. */
  close(): void {
    for (const subscription of this.subscriptions.values()) subscription.abort();
    this.subscriptions.clear();
  }

  private subscribe({ taskId }: Extract<ClientMessage, { taskId: string }>): void {
    if (this.subscriptions.has(taskId)) return;
    if (this.subscriptions.size >= MAX_SUBSCRIPTIONS) {
      const message = `A connection follows at most ${MAX_SUBSCRIPTIONS} tasks at once; unsubscribe from one, or open another connection.`;
      this.fail('quota_exceeded', message, taskId);
      return;
    }
    const stop = new AbortController();
    this.subscriptions.set(taskId, stop);
    void this.follow(taskId, stop.signal).finally(() => this.subscriptions.delete(taskId));
  }

  private async follow(given: string, signal: AbortSignal): Promise<void> {
    try {
      const { id } = await this.desk.find(given);
      const form = parseTaskId(given)?.form ?? 'uuid';
      for await (const task of this.desk.changes(id, signal)) {
        this.send(toProgressMessage(task, form, this.desk.now()));
      }
    } catch (error) {
      if (error instanceof OctoError) this.fail(error.code, error.message, given);
      else this.fail('internal_server_error', 'The server could not follow the task; subscribe again.', given);
    }
  }

  private fail(code: string, message: string, taskId?: string): void {
    this.send({
      type: 'error',
      ...(taskId !== undefined && { task_id: taskId.slice(0, 100) }),
      code,
      message,
      timestamp: this.desk.now().toISOString(),
    });
  }
}
