import { setTimeout as sleep } from 'node:timers/promises';
import { TransientError } from '../common/errors';

/** Longer than a restart of the database takes. */
const ATTEMPTS = 10;
const PAUSE_MS = 1_000;

/** Writes what was paid for, in money or minutes: a database that is away for a moment must not lose it. */
export const insist = async <T>(write: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof TransientError) || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
};
