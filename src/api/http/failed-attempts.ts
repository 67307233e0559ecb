import { LRUCache } from 'lru-cache';

const WINDOW_SECONDS = 60;
const LIMIT = 600;
const MAX_ADDRESSES = 10_000;

export interface Refusal {
  limit: number;
  window: string;
  /** Whole seconds, at least 1. */
  retryAfter: number;
}

/**
 * Slows down whoever tries keys: beyond so many wrong ones within a minute an address is told to wait. Good keys pass all the
 * same, since behind a proxy many people share one address; keys of ours cannot be guessed at any speed.
 */
export class FailedAttempts {
  private readonly failures = new LRUCache<string, { count: number; endsAt: number }>({ max: MAX_ADDRESSES });

  constructor(private readonly now: () => number) {}

  /** Takes note of a wrong key; returns what to say instead of that when there were too many. */
  failed(address: string): Refusal | undefined {
    const known = this.failures.get(address);
    const entry =
      known !== undefined && known.endsAt > this.now()
        ? known
        : { count: 0, endsAt: this.now() + WINDOW_SECONDS * 1000 };
    entry.count += 1;
    this.failures.set(address, entry);
    if (entry.count <= LIMIT) return undefined;
    const retryAfter = Math.max(1, Math.ceil((entry.endsAt - this.now()) / 1000));
    return { limit: LIMIT, window: `${WINDOW_SECONDS}s`, retryAfter };
  }
}
