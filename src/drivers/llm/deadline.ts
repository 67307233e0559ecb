/**
 * The patience of one call: it ends with the caller's signal or after `ms`, whichever is first, and then rejects with the
 * caller's own reason or with `timeout`.
 *
 * The client's own time limit ends with the response's headers and its pauses between two tries cannot be interrupted; this one
 * covers everything. `dispose` it when the call is over.
 */
export class Deadline {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly endsAt: number;
  private readonly ended: Promise<never>;
  private readonly onOuterAbort = (): void => this.controller.abort(this.outer?.reason);

  constructor(
    ms: number,
    timeout: Error,
    private readonly outer?: AbortSignal,
  ) {
    this.endsAt = performance.now() + ms;
    this.timer = setTimeout(() => this.controller.abort(timeout), ms);
    this.ended = new Promise((_, reject) => {
      this.signal.addEventListener('abort', () => reject(this.signal.reason as Error), { once: true });
    });
    // Nobody may be waiting when it ends.
    this.ended.catch(() => undefined);
    if (outer?.aborted === true) this.onOuterAbort();
    else outer?.addEventListener('abort', this.onOuterAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get remainingMs(): number {
    return Math.max(0, this.endsAt - performance.now());
  }

  /** The work's outcome, or a rejection at the moment the patience ends, although the work may go on for a while. */
  race<T>(work: PromiseLike<T>): Promise<T> {
    return Promise.race([this.ended, work]);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.outer?.removeEventListener('abort', this.onOuterAbort);
  }
}
