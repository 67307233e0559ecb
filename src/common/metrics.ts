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

/** Adds memory, CPU and event-loop figures of the process. Calling it again changes nothing. */
export const watchProcess = (): void => {
  if (register.getSingleMetric('process_cpu_seconds_total') === undefined) collectDefaultMetrics();
};
