import { type HealthProbe, HealthRegistry } from './health';

const probe = (name: string, check: HealthProbe['check'], required = true): HealthProbe => ({ name, required, check });
const ok = { ok: true, message: 'fine' };

describe('HealthRegistry', () => {
  it('is ready with nothing to depend on, and not when a required part fails in any way', async () => {
    const health = new HealthRegistry();
    expect(await health.report()).toMatchObject({ ready: true, probes: {} });
    health.register(probe('good', () => Promise.resolve(ok)));
    health.register(probe('optional', () => Promise.resolve({ ok: false, message: 'none' }), false));
    expect((await health.report()).ready).toBe(true);
    health.register(probe('bad', () => Promise.reject(new Error('refused'))));
    expect(await health.report()).toMatchObject({ ready: false, probes: { bad: { ok: false, message: 'refused' } } });
    health.register(probe('bad', () => Promise.resolve(ok)));
    expect((await health.report()).ready).toBe(true);
  });

  it('survives a probe that throws at once', async () => {
    const health = new HealthRegistry();
    health.register(
      probe('thrower', () => {
        throw new Error('at once');
      }),
    );
    expect((await health.report()).probes['thrower']).toMatchObject({ ok: false, message: 'at once' });
  });

  it('does not wait for ever, and recent does not wait at all once something is known', async () => {
    jest.useFakeTimers();
    try {
      const health = new HealthRegistry();
      let answer: HealthProbe['check'] = () => Promise.resolve(ok);
      health.register(probe('db', () => answer()));
      expect((await health.recent()).ready).toBe(true);
      answer = () => new Promise(() => undefined);
      jest.advanceTimersByTime(6_000);
      expect((await health.recent()).ready).toBe(true);
      await jest.advanceTimersByTimeAsync(2_000);
      expect((await health.recent()).probes['db']).toMatchObject({ ok: false, message: 'no answer within 2000 ms' });
    } finally {
      jest.useRealTimers();
    }
  });

  it('asks once for callers at the same moment', async () => {
    const health = new HealthRegistry();
    let asked = 0;
    health.register(
      probe('db', () => {
        asked += 1;
        return Promise.resolve(ok);
      }),
    );
    await Promise.all([health.report(), health.report(), health.recent()]);
    expect(asked).toBe(1);
    await health.report();
    expect(asked).toBe(2);
  });
});
