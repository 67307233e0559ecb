import type { TaskEvent } from '../../contracts/event';

/** Longest silence on the wire: proxies close what is quiet for longer. */
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it reconnects. */
const RETRY_MS = 2_000;

const HEARTBEAT = Symbol('heartbeat');

/**
 * One event in the form of server-sent events: `id` is the sequence number a reader resumes from, `event` the type, and
 * `data` one line of JSON `{task_id, seq, type, created_at, data}`.
 */
export const formatEvent = (event: TaskEvent, taskId: string): string => {
  const body = { task_id: taskId, seq: event.seq, type: event.type, created_at: event.createdAt, data: event.data };
  return `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(body)}\n\n`;
};

/** A message of a stream that has neither numbers nor types: `data` is the value as one line of JSON. */
export const formatData = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

/** Waits for the next value, at most until the heartbeat is due. */
const nextOrHeartbeat = async <T>(next: Promise<T>, milliseconds: number): Promise<T | typeof HEARTBEAT> => {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<typeof HEARTBEAT>((resolve) => {
    timer = setTimeout(() => resolve(HEARTBEAT), milliseconds);
  });
  try {
    return await Promise.race([next, quiet]);
  } finally {
    clearTimeout(timer);
  }
};

/** The text of an event stream: the values as they come, comments while none comes, and the end when they end. */
export async function* eventStream<T>(
  values: AsyncIterable<T>,
  format: (value: T) => string,
  heartbeatMs = HEARTBEAT_MS,
): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  const iterator = values[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const result = await nextOrHeartbeat(next, heartbeatMs);
      if (result === HEARTBEAT) {
        yield ': still here\n\n';
        continue;
      }
      if (result.done === true) return;
      yield format(result.value);
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}
