import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import autocannon from 'autocannon';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthModule } from '../../src/common/health.module';
import { PostgresAddress } from '../../src/common/postgres-address';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { percentile } from './statistics';

interface Load {
  /** Answers per second; median of the rounds. */
  perSecond: number;
  /** Milliseconds; median of the rounds. */
  p50: number;
  p99: number;
}
export interface SubmitResult {
  submit: Load;
  bareInsert: Load;
  /** Ours divided by the floor. */
  share: number;
}

const CONNECTIONS = 32;
const ROUNDS = 3;
const ROUND_SECONDS = 5;
const BODY = JSON.stringify({
  goal: 'Write a Python function to calculate fibonacci numbers',
  constraints: ['Include docstring', 'Add unit tests'],
  budget: { max_tokens: 10_000, max_time_seconds: 60, max_cost_dollars: 1 },
});

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

const load = async (url: string, seconds: number): Promise<Load> => {
  const headers = { 'content-type': 'application/json' };
  const result = await autocannon({
    url: `${url}/tasks`,
    method: 'POST',
    headers,
    body: BODY,
    connections: CONNECTIONS,
    duration: seconds,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
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
 * Submits over HTTP at 32 connections, and beside it, taking turns on the same PostgreSQL, a bare Fastify with one insert. The
 * server runs with `OCTO_ROLE=api`, so that what is measured is acceptance and not the work on what was accepted.
 */
export const measureSubmit = async (): Promise<SubmitResult> => {
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
    await load(bare.url, 1);
    await load(ours.url, 2);
    const [floor, submits]: [Load[], Load[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      floor.push(await load(bare.url, ROUND_SECONDS));
      submits.push(await load(ours.url, ROUND_SECONDS));
    }
    const [submit, bareInsert] = [median(submits), median(floor)];
    return { submit, bareInsert, share: submit.perSecond / bareInsert.perSecond };
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
