import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import autocannon from 'autocannon';
import { Pool } from 'undici';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthModule } from '../../src/common/health.module';
import { PostgresAddress } from '../../src/common/postgres-address';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { Random } from './random';
import { percentile } from './statistics';

export interface Load {
  /** Answers per second; median of the rounds. */
  perSecond: number;
  /** Milliseconds until the whole answer is there; median of the rounds. */
  p50: number;
  p99: number;
}
export interface Urls {
  ours: string;
  bare: string;
}

const CONNECTIONS = 32;
const ROUNDS = 3;
const ROUND_SECONDS = 5;

@Module({})
class Root {}

const startChild = async (
  args: string[],
  env: Record<string, string>,
): Promise<{ child: ChildProcess; url: string }> => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, args, {
    env: { PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) {
    const url = /Ready: (http:\/\/[^ \n]+)/.exec(String(chunk))?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`${args.join(' ')} ended before it was ready.`);
};

const HEADERS = { 'content-type': 'application/json' };

/** Every connection asks again as soon as it has its answer. */
const closedLoop = async (url: string, bodies: readonly string[], seconds: number): Promise<Load> => {
  const requests = bodies.map((body) => ({ body }));
  const options = { url, method: 'POST' as const, headers: HEADERS, requests, connections: CONNECTIONS };
  const times: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon({ ...options, duration: seconds }, (error: unknown, done) =>
      error instanceof Error ? reject(error) : resolve(done),
    );
    // Its own percentiles are whole milliseconds.
    instance.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result.requests.average, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};

/**
 * Requests at random times, independent of one another and of the answers, as many people make them. An answer's time counts
 * from when its request was due, so that a server that keeps everybody waiting cannot hide it. autocannon's rates do not serve:
 * each connection spends its share at the beginning of every second.
 */
const paced = async (url: string, bodies: readonly string[], seconds: number, perSecond: number): Promise<Load> => {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const random = new Random(1);
  const times: number[] = [];
  const faults: unknown[] = [];
  const open: Promise<void>[] = [];
  const ask = async (body: string, due: number): Promise<void> => {
    const answer = await pool.request({ path, method: 'POST', headers: HEADERS, body });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`${url}: answered ${answer.statusCode}`);
    times.push(performance.now() - due);
  };
  const from = performance.now();
  const gap = (): number => (-Math.log(1 - random.next()) / perSecond) * 1000;
  for (let due = from + gap(), at = 0; due < from + seconds * 1000; due += gap(), at++) {
    while (performance.now() < due) await sleep(1);
    open.push(ask(bodies[at % bodies.length] ?? '', due).catch((fault: unknown) => void faults.push(fault)));
  }
  await Promise.all(open);
  await pool.close();
  if (faults.length > 0) throw new Error(`${url}: ${faults.length} failed`, { cause: faults[0] });
  const answered = (performance.now() - from) / 1000;
  return { perSecond: times.length / answered, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};

const median = (loads: Load[]): Load => ({
  perSecond: percentile(
    loads.map(({ perSecond }) => perSecond),
    0.5,
  ),
  p50: percentile(
    loads.map(({ p50 }) => p50),
    0.5,
  ),
  p99: percentile(
    loads.map(({ p99 }) => p99),
    0.5,
  ),
});

/**
 * Posts the bodies in turn to one path of both servers over 32 connections, the servers taking turns, so that what else the
 * machine does falls on both. With `perSecond`, so many on average; else as many as are answered.
 */
export const compare = async (
  { ours, bare }: Urls,
  path: string,
  bodies: readonly string[],
  perSecond?: number,
): Promise<Record<keyof Urls, Load>> => {
  const load = (url: string, seconds: number): Promise<Load> =>
    perSecond === undefined ? closedLoop(url + path, bodies, seconds) : paced(url + path, bodies, seconds, perSecond);
  await load(bare, 1);
  await load(ours, 2);
  const [floor, measured]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    floor.push(await load(bare, ROUND_SECONDS));
    measured.push(await load(ours, ROUND_SECONDS));
  }
  return { ours: median(measured), bare: median(floor) };
};

/**
 * Starts the server and beside it, on the same PostgreSQL, a bare Fastify. The server runs with `OCTO_ROLE=api`, so that what
 * is measured is acceptance and not the work on what was accepted.
 */
export const withServers = async <T>(use: (urls: Urls) => Promise<T>): Promise<T> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'octollm-bench-'));
  const { settings } = parseConfig({ DATA_DIR: dataDir });
  const imports = [ConfigModule.with(settings), HealthModule, DatabaseModule];
  const store = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: ['error'] });
  const children: ChildProcess[] = [];
  try {
    const { login } = store.get(PostgresAddress, { strict: false });
    if (!('host' in login)) throw new Error('The bench brings its own PostgreSQL; unset DATABASE_URL.');
    const { host, user, database } = login;
    const bare = await startChild(
      ['--require', './scripts/swc-register.cjs', 'test/bench/bare-insert.ts', host, user, database],
      {},
    );
    children.push(bare.child);
    const ours = await startChild(['dist/main.js'], {
      PORT: '0',
      DATA_DIR: join(dataDir, 'api'),
      OCTO_ROLE: 'api',
      OCTO_SECRET: 'a secret for the bench that nobody uses',
      DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
      LLM_PROVIDER: 'demonstration',
      LOG_LEVEL: 'info',
    });
    children.push(ours.child);
    return await use({ ours: ours.url, bare: bare.url });
  } finally {
    await Promise.all(
      children.map((child) => {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        return gone;
      }),
    );
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
