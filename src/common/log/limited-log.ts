import type { Logger } from '@nestjs/common';

/** Longest silence between two lines about the same trouble. */
const INTERVAL_MS = 10_000;

/** Writes an error that may come hundreds of times a second (a dependency is down) at most every ten seconds, with the count. */
export class LimitedLog {
  private readonly seen = new Map<string, { lastAt: number; hidden: number }>();

  constructor(private readonly logger: Logger) {}

  warn(topic: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const entry = this.seen.get(topic) ?? { lastAt: -Infinity, hidden: 0 };
    this.seen.set(topic, entry);
    if (Date.now() - entry.lastAt < INTERVAL_MS) {
      entry.hidden += 1;
      return;
    }
    const more = entry.hidden > 0 ? ` (and ${entry.hidden} times before)` : '';
    this.logger.warn(`${topic}: ${message}${more}`);
    entry.lastAt = Date.now();
    entry.hidden = 0;
  }
}
