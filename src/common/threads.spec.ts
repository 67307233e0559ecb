import { join } from 'node:path';
import { ThreadDied, ThreadTimeout, Threads } from './threads';

const WORKER = join(__dirname, '../../test/support/thread.worker');
const PATIENT = { timeoutMs: 30_000 };

const threads = new Threads<string, unknown>(WORKER, { size: 1, memoryMb: 32 });
afterAll(() => threads.close());

it('answers, and hands on what the worker throws', async () => {
  expect(await threads.run('answer', PATIENT)).toEqual({ done: 'answer' });
  await expect(threads.run('throw', PATIENT)).rejects.toThrow('thrown in the thread');
});

it('sees no variable of this process', async () => {
  expect(await threads.run('environment', PATIENT)).toEqual({});
});

it.each([
  ['runs for ever', 'loop', 300, ThreadTimeout],
  ['uses up its memory', 'hoard', 30_000, ThreadDied],
])('ends one that %s, and works on', async (_, deed, timeoutMs, fault) => {
  await expect(threads.run(deed, { timeoutMs })).rejects.toThrow(fault);
  expect(await threads.run('answer', PATIENT)).toEqual({ done: 'answer' });
});

it('counts the time of the work, not of the wait for it', async () => {
  const slow = threads.run('loop', { timeoutMs: 5_000 });
  const behind = threads.run('answer', { timeoutMs: 4_500 });
  await expect(slow).rejects.toThrow(ThreadTimeout);
  expect(await behind).toEqual({ done: 'answer' });
});

it('stops at a signal, at work and in the queue', async () => {
  const controller = new AbortController();
  const calls = [
    threads.run('loop', { ...PATIENT, signal: controller.signal }),
    threads.run('loop', { ...PATIENT, signal: controller.signal }),
  ];
  controller.abort(new Error('enough'));
  for (const call of calls) await expect(call).rejects.toThrow('enough');
  expect(await threads.run('answer', PATIENT)).toEqual({ done: 'answer' });
});
