import { spawnSync } from 'node:child_process';
import { QuickJsScripts } from '../../src/drivers/script/quickjs-scripts';
import { percentile } from './statistics';

export interface ScriptResult {
  /** A call of a running thread, there and back, milliseconds. */
  warmMs: { p50: number; p99: number };
  /** The same program in a `node` process of its own, milliseconds. */
  processMs: number;
}

const SOURCE = 'return { sum: input.items.reduce((sum, item) => sum + item, 0), count: input.items.length };';
const INPUT = { items: Array.from({ length: 20 }, (_, index) => index) };
const CALLS = 500;
const PROCESSES = 20;

/** A small program in QuickJS, and in a process without any isolation. */
export const measureScript = async (): Promise<ScriptResult> => {
  const scripts = new QuickJsScripts();
  const times: number[] = [];
  const call = (): Promise<unknown> => scripts.run({ source: SOURCE, input: INPUT });
  for (let index = 0; index < 50; index++) await call();
  for (let index = 0; index < CALLS; index++) {
    const startedAt = performance.now();
    await call();
    times.push(performance.now() - startedAt);
  }
  await scripts.close();
  const program = `const input = ${JSON.stringify(INPUT)}; console.log(JSON.stringify((() => { ${SOURCE} })()));`;
  const processes = Array.from({ length: PROCESSES }, () => {
    const startedAt = performance.now();
    spawnSync(process.execPath, ['-e', program], { env: {} });
    return performance.now() - startedAt;
  });
  return {
    warmMs: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
    processMs: percentile(processes, 0.5),
  };
};
