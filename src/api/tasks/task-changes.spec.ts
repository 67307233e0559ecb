import type { TaskEvent } from '../../contracts/event';
import type { TaskRecord } from '../../contracts/record';
import type { TaskStatus } from '../../contracts/task';
import { taskChanges } from './task-changes';

/** A task whose history is told event by event. */
class Story {
  status: TaskStatus = 'accepted';
  reads = 0;
  stopped = false;
  private seq = 0;
  private queue: TaskEvent[] = [];
  private wake: () => void = () => undefined;

  happen(status: TaskStatus): void {
    this.status = status;
    this.seq += 1;
    this.queue.push({ taskId: 't', seq: this.seq, type: 'step.progress', data: {}, createdAt: new Date() });
    this.wake();
  }

  get(): Promise<TaskRecord> {
    this.reads += 1;
    return Promise.resolve({ status: this.status } as TaskRecord);
  }

  async *watch(_id: string, _after: number, signal: AbortSignal): AsyncIterable<TaskEvent> {
    signal.addEventListener('abort', () => this.wake());
    try {
      while (!signal.aborted) {
        const next = this.queue.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      this.stopped = true;
    }
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('taskChanges', () => {
  it('shows the task as it stands, then after each change, then ends', async () => {
    const story = new Story();
    const changes = taskChanges(story, 't', new AbortController().signal);
    expect((await changes.next()).value?.status).toBe('accepted');
    const next = changes.next();
    story.happen('planning');
    expect((await next).value?.status).toBe('planning');
    const last = changes.next();
    story.happen('completed');
    expect((await last).value?.status).toBe('completed');
    expect((await changes.next()).done).toBe(true);
    await settle();
    expect(story.stopped).toBe(true);
  });

  it('takes together what comes faster than it is read', async () => {
    const story = new Story();
    const changes = taskChanges(story, 't', new AbortController().signal);
    await changes.next();
    for (let count = 0; count < 50; count += 1) story.happen('executing');
    await settle();
    await changes.next();
    expect(story.reads).toBe(2);
    await changes.return(undefined);
  });

  it('is silent about an event that changes nothing', async () => {
    const story = new Story();
    const changes = taskChanges(story, 't', new AbortController().signal);
    await changes.next();
    const next = changes.next();
    story.happen('accepted');
    await settle();
    story.happen('planning');
    expect((await next).value?.status).toBe('planning');
    expect(story.reads).toBe(3);
    await changes.return(undefined);
  });

  it('ends at once when it is told to', async () => {
    const story = new Story();
    const stop = new AbortController();
    const changes = taskChanges(story, 't', stop.signal);
    await changes.next();
    const next = changes.next();
    stop.abort();
    expect((await next).done).toBe(true);
    await settle();
    expect(story.stopped).toBe(true);
  });

  it('passes on that the history cannot be read', async () => {
    const broken = {
      get: () => Promise.resolve({ status: 'executing' } as TaskRecord),
      async *watch(): AsyncIterable<TaskEvent> {
        await settle();
        throw new Error('no database');
      },
    };
    const changes = taskChanges(broken, 't', new AbortController().signal);
    await changes.next();
    await expect(changes.next()).rejects.toThrow('no database');
  });
});
