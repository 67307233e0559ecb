import { BullModule, Processor, WorkerHost, getQueueToken } from '@nestjs/bullmq';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Job, Queue } from 'bullmq';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthRegistry } from '../../src/common/health';
import { HealthModule } from '../../src/common/health.module';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { QueueModule } from '../../src/drivers/queue/queue.module';
import { COLUMNS, type Column } from '../support/columns';
import { eventually } from '../support/eventually';

const NAME = 'arm.conformance';

@Injectable()
@Processor(NAME, { autorun: false })
class Listener extends WorkerHost {
  readonly heard: { name: string; at: number }[] = [];
  private waiting: (() => void)[] = [];
  fails = 0;

  process({ data }: Job<{ name: string }>): Promise<void> {
    if (this.fails-- > 0) return Promise.reject(new Error('the rows cannot be reached'));
    this.heard.push({ name: data.name, at: Date.now() });
    for (const wake of this.waiting) wake();
    return Promise.resolve();
  }

  async names(count: number): Promise<string[]> {
    while (this.heard.length < count) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
    return this.heard.map(({ name }) => name);
  }
}

@Module({ imports: [BullModule.registerQueue({ name: NAME })], providers: [Listener] })
class Root {}

describe.each(COLUMNS)('queue, %s', (_, openColumn) => {
  let column: Column;
  let app: INestApplicationContext;
  let queue: Queue;
  let listener: Listener;

  beforeAll(async () => {
    column = await openColumn();
    const { settings } = parseConfig(column.variables);
    app = await NestFactory.createApplicationContext(
      { module: Root, imports: [ConfigModule.with(settings), HealthModule, DatabaseModule, QueueModule] },
      { logger: false, abortOnError: false },
    );
    await app.init();
    queue = app.get<Queue>(getQueueToken(NAME), { strict: false });
    listener = app.get(Listener);
    listener.worker.on('error', () => undefined);
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });
  beforeEach(() => {
    listener.heard.length = 0;
  });

  it('keeps what is added while nobody listens, and serves the lower number first', async () => {
    await queue.add('ring', { name: 'low' }, { priority: 4 });
    await queue.add('ring', { name: 'critical' }, { priority: 1 });
    await queue.add('ring', { name: 'high' }, { priority: 2 });
    void listener.worker.run();
    expect(await listener.names(3)).toEqual(['critical', 'high', 'low']);
  });

  it('rings at once when somebody listens, and later what is delayed', async () => {
    const from = Date.now();
    await queue.add('ring', { name: 'later' }, { delay: 3_000 });
    await queue.add('ring', { name: 'now' });
    expect(await listener.names(2)).toEqual(['now', 'later']);
    expect((listener.heard[1]?.at ?? 0) - from).toBeGreaterThanOrEqual(2_990);
  });

  it('rings again after a failure, and keeps nothing of what is done', async () => {
    listener.fails = 1;
    await queue.add('ring', { name: 'again' });
    expect(await listener.names(1)).toEqual(['again']);
    await eventually('an empty queue', async () =>
      Object.values(await queue.getJobCounts()).every((count) => count === 0) ? true : undefined,
    );
  });

  it('reports to the health registry', async () => {
    const report = await app.get(HealthRegistry, { strict: false }).report();
    expect(report.probes['queue']).toMatchObject({ ok: true, required: true });
  });
});
