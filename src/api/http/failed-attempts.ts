import { LRUCache } from 'lru-cache';
import { sha256 } from '../../common/ids';

const WINDOW_SECONDS = 60;
const LIMIT = 20;
const MAX_ADDRESSES = 10_000;
const MAX_KNOWN = 1_000;

export interface Refusal {
  limit: number;
  window: string;
  /** Whole seconds, at least 1. */
  retryAfter: number;
}

/**
 * Slows down whoever tries keys: after twenty wrong ones within a minute an address is refused for the rest of that minute.
 * A credential that was good before passes all the same, since behind a proxy many people share one address.
 */
export class FailedAttempts {
  private readonly failures = new LRUCache<string, { count: number; endsAt: number }>({ max: MAX_ADDRESSES });
  private readonly known = new LRUCache<string, true>({ max: MAX_KNOWN });

  constructor(private readonly now: () => number) {}

  refusal(address: string, credentials: string): Refusal | undefined {
    const entry = this.failures.get(address);
    const left = (entry?.endsAt ?? 0) - this.now();
    if (entry === undefined || left <= 0 || entry.count < LIMIT || this.known.has(sha256(credentials)))
      return undefined;
    return { limit: LIMIT, window: `${WINDOW_SECONDS}s`, retryAfter: Math.max(1, Math.ceil(left / 1000)) };
  }

  succeeded(credentials: string): void {
    this.known.set(sha256(credentials), true);
  }

  failed(address: string, credentials: string): void {
    this.known.delete(sha256(credentials));
    const entry = this.failures.get(address);
    if (entry !== undefined && entry.endsAt > this.now()) entry.count += 1;
    else this.failures.set(address, { count: 1, endsAt: this.now() + WINDOW_SECONDS * 1000 });
  }
}
