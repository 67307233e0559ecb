import { Deadline } from './deadline';

const TIMEOUT = new Error('too late');
const never = (): Promise<never> => new Promise(() => undefined);

describe('Deadline', () => {
  it('hands through what the work gives or throws', async () => {
    const deadline = new Deadline(60_000, TIMEOUT);
    await expect(deadline.race(Promise.resolve(7))).resolves.toBe(7);
    await expect(deadline.race(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    deadline.dispose();
  });

  it('lets go of work that takes no notice, with the timeout or the reason of the caller', async () => {
    const late = new Deadline(1, TIMEOUT);
    await expect(late.race(never())).rejects.toBe(TIMEOUT);
    late.dispose();

    const caller = new AbortController();
    const cancelled = new Deadline(60_000, TIMEOUT, caller.signal);
    const pending = cancelled.race(never());
    const reason = new Error('cancelled');
    caller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect(cancelled.signal.reason).toBe(reason);
    cancelled.dispose();
  });

  it('is over from the start when the caller has already given up', async () => {
    const reason = new Error('cancelled');
    const deadline = new Deadline(60_000, TIMEOUT, AbortSignal.abort(reason));
    await expect(deadline.race(never())).rejects.toBe(reason);
    deadline.dispose();
  });

  it('takes no more notice of the caller once disposed', () => {
    const caller = new AbortController();
    const deadline = new Deadline(60_000, TIMEOUT, caller.signal);
    deadline.dispose();
    caller.abort();
    expect(deadline.signal.aborted).toBe(false);
  });
});
