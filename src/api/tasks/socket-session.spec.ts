import { UserError } from '../../common/errors';
import type { TaskRecord } from '../../contracts/record';
import { SocketSession } from './socket-session';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const task = (changes: Partial<TaskRecord>): TaskRecord =>
  ({
    id: ID,
    key: 'AbCdEfGh12345678',
    error: null,
    waitingFor: null,
    stepsCompleted: 0,
    stepsTotal: 0,
    ...changes,
  }) as TaskRecord;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('SocketSession', () => {
  const timestamp = '2026-01-02T03:04:05.000Z';
  let sent: Record<string, unknown>[];
  let stopped: number;
  let session: SocketSession;
  let story: TaskRecord[];

  beforeEach(() => {
    sent = [];
    stopped = 0;
    story = [task({ status: 'executing', stepsCompleted: 1, stepsTotal: 4 })];
    session = new SocketSession(
      {
        now: () => new Date(timestamp),
        find: (given) =>
          given.includes('0000') || !given.startsWith('task')
            ? Promise.reject(new UserError('resource_not_found', `Task ${given} not found`))
            : Promise.resolve({ id: ID }),
        async *changes(_id, signal) {
          yield* story;
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          stopped += 1;
        },
      },
      (message) => void sent.push(message as Record<string, unknown>),
    );
  });

  it('tells of a task under the id and in the words of the one who asks', async () => {
    session.receive(JSON.stringify({ task_id: `task-${ID}` }));
    await settle();
    session.receive(JSON.stringify({ type: 'subscribe', task_id: 'task_AbCdEfGh12345678' }));
    await settle();
    const message = 'Working: 1 of 4 steps are done';
    expect(sent).toEqual([
      { type: 'task.progress', task_id: `task-${ID}`, status: 'executing', progress: 0.25, message, timestamp },
      {
        type: 'task.progress',
        task_id: 'task_AbCdEfGh12345678',
        status: 'processing',
        progress: 0.25,
        message,
        timestamp,
      },
    ]);
    session.close();
    await settle();
    expect(stopped).toBe(2);
  });

  it('subscribes once to one task', async () => {
    for (let count = 0; count < 3; count += 1) session.receive(JSON.stringify({ task_id: `task-${ID}` }));
    await settle();
    expect(sent).toHaveLength(1);
    session.receive(JSON.stringify({ type: 'unsubscribe', task_id: `task-${ID}` }));
    await settle();
    expect(stopped).toBe(1);
    session.receive(JSON.stringify({ task_id: `task-${ID}` }));
    await settle();
    expect(sent).toHaveLength(2);
    session.close();
  });

  it('answers pings, and what it does not understand', () => {
    session.receive('{"type":"ping"}');
    session.receive('hello');
    expect(sent).toEqual([
      { type: 'pong', timestamp },
      { type: 'error', code: 'validation_error', message: expect.stringContaining('no JSON object'), timestamp },
    ]);
  });

  it('says that there is no such task', async () => {
    session.receive('{"task_id":"nonsense"}');
    await settle();
    const message = 'Task nonsense not found';
    expect(sent).toEqual([{ type: 'error', task_id: 'nonsense', code: 'resource_not_found', message, timestamp }]);
  });

  it('tells nothing of a fault of the server', async () => {
    story = {
      [Symbol.iterator]: () => {
        throw new TypeError('postgres://me:secret@db');
      },
    } as unknown as TaskRecord[];
    session.receive(JSON.stringify({ task_id: `task-${ID}` }));
    await settle();
    expect(sent).toEqual([expect.objectContaining({ type: 'error', code: 'internal_server_error' })]);
    expect(JSON.stringify(sent)).not.toContain('secret');
  });

  it('follows fifty tasks and not one more', async () => {
    for (let count = 100; count < 151; count += 1) session.receive(JSON.stringify({ task_id: `task-${count}` }));
    await settle();
    expect(sent.filter(({ type }) => type === 'error')).toEqual([
      expect.objectContaining({ task_id: 'task-150', code: 'quota_exceeded' }),
    ]);
    session.close();
    await settle();
    expect(stopped).toBe(50);
  });
});
