import type { TaskEvent } from '../../contracts/event';
import { eventStream, formatData, formatEvent } from './event-stream';

const event = (seq: number): TaskEvent => ({
  taskId: 'internal',
  seq,
  type: 'step.progress',
  data: { message: 'two\nlines' },
  createdAt: new Date('2026-01-02T03:04:05Z'),
});

const inTask = (one: TaskEvent): string => formatEvent(one, 'task-1');

describe('eventStream', () => {
  it('writes an event in one line of data, whatever is in it', () => {
    expect(formatEvent(event(7), 'task-1')).toBe(
      'id: 7\nevent: step.progress\ndata: {"task_id":"task-1","seq":7,"type":"step.progress",' +
        '"created_at":"2026-01-02T03:04:05.000Z","data":{"message":"two\\nlines"}}\n\n',
    );
  });

  it('writes a value by itself in one line', () => {
    expect(formatData({ text: 'two\nlines' })).toBe('data: {"text":"two\\nlines"}\n\n');
  });

  it('comments on silence without losing the event that is awaited', async () => {
    let arrive: () => void = () => undefined;
    const quiet = new Promise<void>((resolve) => (arrive = resolve));
    async function* source(): AsyncGenerator<TaskEvent> {
      await quiet;
      yield event(1);
    }
    const stream = eventStream(source(), inTask, 1);
    expect((await stream.next()).value).toMatch(/^retry: \d+\n\n$/);
    expect((await stream.next()).value).toMatch(/^: .*\n\n$/);
    expect((await stream.next()).value).toMatch(/^: .*\n\n$/);
    arrive();
    let next = await stream.next();
    while (next.done !== true && next.value.startsWith(':')) next = await stream.next();
    expect(next.value).toMatch(/^id: 1\n/);
    expect((await stream.next()).done).toBe(true);
  });

  it('lets go of its source when the reader stops', async () => {
    let released = false;
    async function* source(): AsyncGenerator<TaskEvent> {
      try {
        for (let seq = 1; ; seq += 1) yield await Promise.resolve(event(seq));
      } finally {
        released = true;
      }
    }
    for await (const text of eventStream(source(), inTask)) {
      if (text.startsWith('id: 3')) break;
    }
    expect(released).toBe(true);
  });
});
