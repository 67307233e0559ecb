import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { KvModule } from '../../src/drivers/kv/kv.module';
import { KvPort } from '../../src/drivers/kv/kv.port';
import { COLUMNS, type Column } from '../support/columns';

@Module({})
class Root {}

const start = async (variables: Record<string, string>): Promise<INestApplicationContext> => {
  const { settings } = parseConfig(variables);
  return NestFactory.createApplicationContext(
    { module: Root, imports: [ConfigModule.with(settings), KvModule] },
    { logger: false, abortOnError: false },
  );
};

describe.each(COLUMNS)('buckets, %s', (_, openColumn) => {
  let column: Column;
  let app: INestApplicationContext;
  let kv: KvPort;

  beforeAll(async () => {
    column = await openColumn();
    app = await start(column.variables);
    kv = app.get(KvPort);
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });

  it('give each token once, however many ask at the same time', async () => {
    const bucket = { key: 'crowd', capacity: 10, refillPerSecond: 0.001 };
    const takings = await Promise.all(Array.from({ length: 50 }, () => kv.take([bucket])));
    const allowed = takings.filter((taking) => taking.allowed);
    expect(allowed.map(({ remaining }) => remaining[0]).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { allowed: given, remaining, retryAfterMs } of takings.filter((taking) => !taking.allowed)) {
      expect({ given, remaining }).toEqual({ given: false, remaining: [0] });
      expect(retryAfterMs).toBeGreaterThan(900_000);
      expect(retryAfterMs).toBeLessThanOrEqual(1_000_000);
    }
  });

  it('give from all or from none', async () => {
    const wide = { key: 'wide', capacity: 100, refillPerSecond: 0.001 };
    const narrow = { key: 'narrow', capacity: 1, refillPerSecond: 0.001 };
    expect(await kv.take([wide, narrow])).toMatchObject({ allowed: true, remaining: [99, 0], retryAfterMs: 0 });
    expect(await kv.take([wide, narrow])).toMatchObject({ allowed: false, remaining: [99, 0] });
    expect(await kv.take([wide])).toMatchObject({ allowed: true, remaining: [98] });
  });

  it('take what it costs', async () => {
    const bucket = { key: 'dear', capacity: 10, refillPerSecond: 0.001, cost: 4 };
    expect((await kv.take([bucket])).remaining).toEqual([6]);
    expect((await kv.take([bucket])).remaining).toEqual([2]);
    expect(await kv.take([bucket])).toMatchObject({ allowed: false, remaining: [2] });
  });

  it('fill themselves, and say when they are full and when to come again', async () => {
    const bucket = { key: 'quick', capacity: 2, refillPerSecond: 5 };
    const from = Date.now();
    const { resetAt } = await kv.take([bucket]);
    expect((resetAt[0] ?? 0) - from).toBeGreaterThanOrEqual(190);
    expect((resetAt[0] ?? 0) - Date.now()).toBeLessThanOrEqual(210);
    // As often as it takes: on a busy machine tokens come back between two calls.
    let retryAfterMs: number;
    do ({ retryAfterMs } = await kv.take([bucket]));
    while (retryAfterMs === 0);
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(200);
    await sleep(retryAfterMs + 5);
    expect((await kv.take([bucket])).allowed).toBe(true);
  });
});

const REDIS = process.env['TEST_REDIS_URL'];
const ifRedis = REDIS === undefined ? describe.skip : describe;

ifRedis('buckets in Redis', () => {
  const bucket = { key: 'shared', capacity: 10, refillPerSecond: 0.001 };
  const variables = { REDIS_URL: REDIS ?? '', REDIS_PREFIX: `kv-test-${process.pid}-${Date.now()}` };

  it('are shared by processes, and those of another installation are not', async () => {
    const [one, two, other] = await Promise.all([
      start(variables),
      start(variables),
      start({ ...variables, REDIS_PREFIX: `${variables.REDIS_PREFIX}-other` }),
    ]);
    const takings = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? one : two).get(KvPort).take([bucket])),
    );
    expect(takings.filter(({ allowed }) => allowed)).toHaveLength(10);
    expect((await other.get(KvPort).take([bucket])).remaining).toEqual([9]);
    await Promise.all([one.close(), two.close(), other.close()]);
  });
});

describe('buckets without the Redis that was asked for', () => {
  it('are counted here, at once', async () => {
    const app = await start({ REDIS_URL: 'redis://127.0.0.1:1' });
    const bucket = { key: 'alone', capacity: 2, refillPerSecond: 0.001 };
    const from = Date.now();
    const takings = [];
    for (let index = 0; index < 3; index++) takings.push(await app.get(KvPort).take([bucket]));
    expect(takings.map(({ allowed }) => allowed)).toEqual([true, true, false]);
    // The client by itself would try for minutes.
    expect(Date.now() - from).toBeLessThan(10_000);
    await app.close();
  });
});
