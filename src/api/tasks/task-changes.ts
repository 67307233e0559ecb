import type { TaskRecord } from '../../contracts/record';
import { isTerminal } from '../../contracts/task';
import type { IntakePort } from '../../intake/intake.port';

type Desk = Pick<IntakePort, 'get' | 'watch'>;

/** What is known of a task's history while it is followed. */
interface Following {
  /** Sequence number of the last event that has come. */
  seq: number;
  isOver: boolean;
  fault?: Error;
  wake: () => void;
}

const follow = async (desk: Desk, id: string, signal: AbortSignal, state: Following): Promise<void> => {
  try {
    for await (const { seq } of desk.watch(id, 0, signal)) {
      state.seq = seq;
      state.wake();
    }
  } catch (error) {
    state.fault = error instanceof Error ? error : new Error(String(error));
  } finally {
    state.isOver = true;
    state.wake();
  }
};

/**
 * The task as it stands, and again after every change, until it has ended or `signal` aborts. Changes that come faster than
 * they can be read are taken together.
 * @param id The task's UUID.
 */
export async function* taskChanges(desk: Desk, id: string, signal: AbortSignal): AsyncGenerator<TaskRecord> {
  const state: Following = { seq: 0, isOver: false, wake: () => undefined };
  const stop = new AbortController();
  signal.addEventListener('abort', () => state.wake(), { signal: stop.signal });
  void follow(desk, id, AbortSignal.any([signal, stop.signal]), state);
  let seen = -1;
  let shown = '';
  try {
    while (!signal.aborted) {
      if (state.fault !== undefined) throw state.fault;
      if (state.seq !== seen) {
        seen = state.seq;
        const task = await desk.get(id);
        const text = JSON.stringify(task);
        // The history that was there already changes nothing, and not every event does.
        if (text !== shown) yield task;
        shown = text;
        if (isTerminal(task.status)) return;
      } else if (state.isOver) {
        return;
      } else {
        await new Promise<void>((resolve) => (state.wake = resolve));
      }
    }
  } finally {
    stop.abort();
  }
}
