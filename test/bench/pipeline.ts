import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { parseConfig } from '../../src/common/config/load-config';
import { QueueConnection } from '../../src/drivers/queue/queue-connection.service';
import { BareFlows } from './flows';
import { NOOP_ARMS } from './noop-arms';
import { type Spread, spread } from './statistics';
import { Tasks } from './tasks';

export interface ShapeResult {
  backend: string;
  shape: string;
  task: Spread;
  flow: Spread;
  /** Ours divided by the floor, medians of the same run. */
  ratio: number;
}
export interface ThroughputResult {
  backend: string;
  shape: string;
  tasksPerSecond: number;
  flowsPerSecond: number;
}

const SHAPES = ['chain-1', 'chain-4', 'chain-8', 'fan-8'];
const ROUNDS = 60;
const WARM_UP = 15;
const IN_FLIGHT = 32;
const THROUGHPUT_TASKS = 200;

const timed = async (work: () => Promise<void>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

/** Runs `total` pieces of work, `IN_FLIGHT` at a time; pieces per second. */
const throughput = async (total: number, work: () => Promise<void>): Promise<number> => {
  let left = total;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  const ms = await timed(async () => {
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  });
  return (total / ms) * 1000;
};

/** Measures the pipeline with arms that do nothing, and beside it, taking turns, bare BullMQ flows on the same backend. */
export const measurePipeline = async (
  variables: Record<string, string>,
  say: (line: string) => void,
): Promise<{ shapes: ShapeResult[]; throughput: ThroughputResult }> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'octollm-bench-'));
  const { settings } = parseConfig({
    DATA_DIR: dataDir,
    LLM_PROVIDER: 'demonstration',
    MAX_CONCURRENT_TASKS: '100',
    ARM_CONCURRENCY: '50',
    LOG_LEVEL: 'error',
    ...variables,
  });
  const app = await NestFactory.createApplicationContext(AppModule.with(settings, NOOP_ARMS), {
    logger: ['error', 'warn'],
  });
  await app.init();
  const { connection, backend } = app.get(QueueConnection, { strict: false });
  const flows = new BareFlows(connection);
  try {
    await flows.ready();
    const tasks = new Tasks(app);
    const shapes: ShapeResult[] = [];
    for (const shape of SHAPES) {
      say(`${backend}: ${shape}`);
      const ours: number[] = [];
      const floor: number[] = [];
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        const [task, flow] = [await timed(() => tasks.run(shape)), await timed(() => flows.run(shape))];
        if (round >= 0) {
          ours.push(task);
          floor.push(flow);
        }
      }
      const [task, flow] = [spread(ours), spread(floor)];
      shapes.push({ backend, shape, task, flow, ratio: task.p50 / flow.p50 });
    }
    say(`${backend}: ${IN_FLIGHT} in flight`);
    const shape = 'chain-8';
    const tasksPerSecond = await throughput(THROUGHPUT_TASKS, () => tasks.run(shape));
    const flowsPerSecond = await throughput(THROUGHPUT_TASKS, () => flows.run(shape));
    return { shapes, throughput: { backend, shape, tasksPerSecond, flowsPerSecond } };
  } finally {
    await flows.close();
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
