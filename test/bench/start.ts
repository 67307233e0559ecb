import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './statistics';

export interface StartResult {
  /** Process start to /ready with an empty data folder, milliseconds. */
  coldMs: number;
  /** The same with an existing one; median of five. */
  warmMs: number;
  /** Resident memory of the server process ten seconds after it became ready; without PostgreSQL, which is a process of its own. */
  idleMegabytes: number;
}

const WARM_STARTS = 5;
const IDLE_MS = 10_000;

const residentMegabytes = (pid: number): number => {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};

/** Starts the built server and calls `use` once it is ready, with the time that took. */
const withServer = async (dataDir: string, use: (readyMs: number, pid: number) => Promise<void>): Promise<void> => {
  const from = performance.now();
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', DATA_DIR: dataDir, LLM_PROVIDER: 'demonstration' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let url = '';
  for await (const chunk of child.stdout) {
    url = /Ready: (http:\/\/[^ ]+)/.exec(String(chunk))?.[1] ?? '';
    if (url !== '') break;
  }
  while (!(await fetch(`${url}/ready`)).ok) await sleep(5);
  await use(performance.now() - from, child.pid ?? 0);
  child.kill('SIGTERM');
  await exited;
};

export const measureStart = async (): Promise<StartResult> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'octollm-bench-'));
  const result: StartResult = { coldMs: 0, warmMs: 0, idleMegabytes: 0 };
  const warm: number[] = [];
  try {
    await withServer(dataDir, (ms) => {
      result.coldMs = ms;
      return Promise.resolve();
    });
    for (let start = 1; start <= WARM_STARTS; start++) {
      await withServer(dataDir, async (ms, pid) => {
        warm.push(ms);
        if (start < WARM_STARTS) return;
        await sleep(IDLE_MS);
        result.idleMegabytes = residentMegabytes(pid);
      });
    }
    return { ...result, warmMs: percentile(warm, 0.5) };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
