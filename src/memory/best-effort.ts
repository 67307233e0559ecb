import type { LimitedLog } from '../common/log/limited-log';
import { within } from '../common/within';

/**
 * Waits so many milliseconds for work that the rest can do without. When it fails or is late, that is logged as `trouble`, and
 * nothing comes back; its signal aborts then.
 */
export const bestEffort = async <T>(
  log: LimitedLog,
  trouble: string,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> => {
  const giveUp = new AbortController();
  let result: T | undefined;
  try {
    const isDone = await within(
      ms,
      work(giveUp.signal).then(
        (value) => (result = value),
        (error: unknown) => {
          if (!giveUp.signal.aborted) log.warn(trouble, error);
        },
      ),
    );
    if (!isDone) log.warn(trouble, new Error(`no answer within ${ms} ms`));
    return result;
  } finally {
    giveUp.abort();
  }
};
