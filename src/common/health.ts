import { Injectable } from '@nestjs/common';

export interface ProbeResult {
  ok: boolean;
  /** What was found, for people; no secrets. */
  message: string;
}

/** Something the server needs, or can do without, and that can be asked whether it works. */
export interface HealthProbe {
  /** Key under `checks` on `/ready`, e.g. `database`. */
  readonly name: string;
  /** Without a required dependency the server is not ready; an optional one is only reported. */
  readonly required: boolean;
  /** May throw: that counts as not ok. Given up after two seconds. */
  check(): Promise<ProbeResult>;
}

export interface HealthReport {
  /** Every required probe is ok. */
  ready: boolean;
  /** By the probe's name, in order of registration. */
  probes: Record<string, ProbeResult & { required: boolean; latencyMs?: number }>;
  at: Date;
}

const PROBE_TIMEOUT_MS = 2_000;
const FRESH_MS = 5_000;

const ask = async (probe: HealthProbe, timeoutMs: number): Promise<ProbeResult> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ProbeResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, message: `no answer within ${timeoutMs} ms` }), timeoutMs);
  });
  try {
    return await Promise.race([probe.check(), late]);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
};

/** Where dependencies report themselves: each driver registers its probe in `onModuleInit`. */
@Injectable()
export class HealthRegistry {
  private readonly probes = new Map<string, HealthProbe>();
  private running: Promise<HealthReport> | undefined;
  private last: HealthReport | undefined;

  /** A probe of the same name is replaced. */
  register(probe: HealthProbe): void {
    this.probes.set(probe.name, probe);
  }

  /** Asks every probe now; callers at the same moment share one round. */
  report(): Promise<HealthReport> {
    this.running ??= this.ask().finally(() => (this.running = undefined));
    return this.running;
  }

  /** The last report without waiting for a slow dependency; refreshed behind the caller's back when older than five seconds. */
  async recent(): Promise<HealthReport> {
    if (this.last === undefined) return this.report();
    if (Date.now() - this.last.at.getTime() > FRESH_MS) void this.report();
    return this.last;
  }

  private async ask(): Promise<HealthReport> {
    const results = await Promise.all(
      [...this.probes.values()].map(async (probe) => {
        const startedAt = performance.now();
        const { ok, message } = await ask(probe, PROBE_TIMEOUT_MS);
        const latencyMs = Math.round(performance.now() - startedAt);
        return [probe.name, { ok, message, required: probe.required, latencyMs }] as const;
      }),
    );
    const ready = results.every(([, { ok, required }]) => ok || !required);
    this.last = { ready, probes: Object.fromEntries(results), at: new Date() };
    return this.last;
  }
}
