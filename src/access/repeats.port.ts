/** A request and what makes two of them the same one. */
export interface Repeatable {
  /** Of the caller. */
  holder: string;
  /** How the caller calls his request; at most 300 characters. */
  name: string;
  /** SHA-256 over method, path and body, hex. */
  fingerprint: string;
  /** How long its answer is kept, from its first claim on. */
  keepSeconds: number;
}

/** What was answered. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON. */
  body: object;
}

/**
 * Does a request once, however often it is sent: while it runs and for as long as its answer is kept, in whichever process.
 * When the process that worked on it is gone, the next repetition does it over, under the same `repeatableId`s.
 */
export abstract class Repeats {
  /**
   * Runs `work` unless the same request is being done, for which it waits, or has been answered. Returns the earlier answer, or
   * nothing when `work` was run. `work` returns the answer to keep, or nothing; when it rejects nothing is kept either.
   *
   * Rejects with what `work` rejects with, with `UserError` `idempotency_conflict` when the name stands for another request,
   * and with `TransientError` `service_unavailable` while the database cannot be reached; `work` has not begun then.
   */
  abstract once(request: Repeatable, work: () => Promise<KeptAnswer | undefined>): Promise<KeptAnswer | undefined>;
}
