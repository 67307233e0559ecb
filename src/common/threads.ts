import { extname, join } from 'node:path';
import { Piscina } from 'piscina';
import { Slots } from './slots';

export interface ThreadOptions {
  /** Threads at most, and so calls worked on at once; the others wait in order. */
  size: number;
  /** Largest heap of one thread, megabytes; a thread that needs more ends, and the call with it. */
  memoryMb: number;
  /** An idle thread ends after this, milliseconds. */
  idleMs?: number;
}

export interface ThreadCall {
  /** Longest that the call may take once a thread is free for it, milliseconds; the start of the thread counts. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** A call that took too long; its thread was ended, whatever it was doing. */
export class ThreadTimeout extends Error {}
/** The thread ended by itself, most likely for want of memory. */
export class ThreadDied extends Error {}

/** As built, a worker is JavaScript; from the sources it is TypeScript, which Node has to be taught first. */
const EXTENSION = extname(__filename);
const TEACH = join(__dirname, '../../scripts/swc-register.cjs');

/**
 * Threads that run one worker file: for what could hold up the event loop, or must be ended by force. The file's default
 * export is a function of one argument; argument and result are structured clones.
 */
export class Threads<I, O> {
  private readonly pool: Piscina;
  private readonly slots: Slots;

  /** @param file absolute path of the worker without its extension */
  constructor(file: string, { size, memoryMb, idleMs = 60_000 }: ThreadOptions) {
    // Waiting for a free thread is done here, so that the clock of a call starts with its work.
    this.slots = new Slots(size);
    this.pool = new Piscina({
      filename: `${file}${EXTENSION}`,
      minThreads: 0,
      maxThreads: size,
      idleTimeout: idleMs,
      // What a worker runs is often not ours: no variable of this process is any of its business.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      execArgv: EXTENSION === '.ts' ? ['--require', TEACH] : [],
    });
    // A thread that died is told to the call that it was working on.
    this.pool.on('error', () => undefined);
  }

  /** Errors: `ThreadTimeout`, `ThreadDied`, the signal's reason, and whatever the worker throws. */
  run(input: I, call: ThreadCall): Promise<O> {
    return this.slots.run(() => this.work(input, call), call.signal);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async work(input: I, { timeoutMs, signal }: ThreadCall): Promise<O> {
    const late = new AbortController();
    const clock = setTimeout(() => late.abort(), timeoutMs);
    try {
      const both = signal === undefined ? late.signal : AbortSignal.any([late.signal, signal]);
      return (await this.pool.run(input, { signal: both })) as O;
    } catch (error) {
      signal?.throwIfAborted();
      if (late.signal.aborted) throw new ThreadTimeout(`no result within ${timeoutMs} ms`);
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') throw new ThreadDied('out of memory');
      throw error;
    } finally {
      clearTimeout(clock);
    }
  }
}
