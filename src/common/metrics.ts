import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, Histogram, collectDefaultMetrics, register } from 'prom-client';

/** Everything `/metrics` shows: the process-wide Prometheus registry. Names and labels of the series are a contract. */
export const metrics = register;

/** A count that only grows. Declare it once, at module level, beside the code that moves it. */
export const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
  new Counter({ name, help, labelNames });

/** Durations in seconds, with the upper bounds of the buckets. Declare it once, at module level. */
export const histogram = <L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[],
  buckets: number[],
): Histogram<L> => new Histogram({ name, help, labelNames, buckets });

/** A figure that goes up and down. Declare it once, at module level. */
export const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
  new Gauge({ name, help, labelNames });

/** The mean of all values since the start of the process; 0 before the first. Declare it once, at module level. */
export const average = (name: string, help: string): { observe(value: number): void } => {
  const shown = gauge(name, help);
  let count = 0;
  let mean = 0;
  return {
    observe: (value) => {
      count += 1;
      mean += (value - mean) / count;
      shown.set(mean);
    },
  };
};

/** The metrics must be readable also while what one of them is read from is not. */
const PATIENCE_MS = 1_000;

/**
 * A figure that is looked up whenever somebody reads the metrics, once `by` has said how. When that fails or takes longer than
 * a second, the figure stays as it was. Declare it once, at module level.
 */
export const lookedUp = (name: string, help: string): { by(read: () => Promise<number>): void } => {
  let look: (() => Promise<number>) | undefined;
  new Gauge({
    name,
    help,
    async collect() {
      const value = await Promise.race([look?.(), sleep(PATIENCE_MS, undefined, { ref: false })]).catch(
        () => undefined,
      );
      if (value !== undefined) this.set(value);
    },
  });
  return { by: (read) => void (look = read) };
};

/** Adds memory, CPU and event-loop figures of the process. Calling it again changes nothing. */
export const watchProcess = (): void => {
  if (register.getSingleMetric('process_cpu_seconds_total') === undefined) collectDefaultMetrics();
};
