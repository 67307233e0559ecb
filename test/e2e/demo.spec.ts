import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Column, embeddedColumn } from '../support/columns';

const DEMO = resolve(__dirname, '../../scripts/demo.mjs');

interface Ended {
  code: number | null;
  output: string;
}

const demo = (variables: Record<string, string>): Promise<Ended> =>
  new Promise((done, reject) => {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [DEMO, '--exit'], { env: { PATH, HOME, ...variables } });
    let output = '';
    const read = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('close', (code) => done({ code, output }));
  });

describe('npm run demo', () => {
  let column: Column;
  beforeEach(async () => {
    column = await embeddedColumn();
  });
  afterEach(() => column.dispose());

  it('shows the sample goal step by step, its result and where to go on, and ends', async () => {
    const { code, output } = await demo({ ...column.variables, PORT: '0' });
    expect([code, output]).toEqual([0, expect.stringContaining('Write a Python function to calculate fibonacci')]);

    for (const action of ['Understand the goal', 'Make a plan', 'Put the result together']) {
      expect(output).toMatch(new RegExp(`✔ ${action} \\(planner\\)`));
    }
    for (const arm of ['coder', 'executor', 'judge', 'safety-guardian']) {
      expect(output).toMatch(new RegExp(`✔ .* \\(${arm}\\)`));
    }
    expect(output).not.toMatch(/[✖·] .*\((?:planner|coder|executor|judge|safety-guardian)\)$/m);

    expect(output).toMatch(/def fibonacci\(/);
    expect(output).toMatch(/Verdict: passed/);
    expect(output).toMatch(/✔ Include docstring/);
    expect(output).toMatch(/✔ Add unit tests/);
    expect(output).toMatch(/tests +[1-9]\d* passed, 0 failed/);
    expect(Number(/confidence +([\d.]+)/.exec(output)?.[1])).toBeGreaterThan(0.7);
    expect(output).toMatch(/cost +0\.0000 USD/);
    expect(output).toMatch(/duration +[\d.]+ s/);
    expect(output).toMatch(/model +demonstration/);

    const address = /^API +(http:\/\/127\.0\.0\.1:\d+)$/m.exec(output)?.[1] ?? '';
    expect(output).toContain(`Documentation  ${address}/docs`);
    expect(output).toMatch(new RegExp(`curl -s -X POST ${address}/api/v1/tasks -H .* -d '\\{.*\\}'`));

    // It ended in order: nothing of it runs any more.
    await expect(fetch(`${address}/health`)).rejects.toThrow();
    expect(existsSync(join(column.variables['DATA_DIR'] ?? '', 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('says what is wrong with a setting and ends with a failure', async () => {
    const { code, output } = await demo({ ...column.variables, PORT: 'eighty' });
    expect(code).toBe(1);
    expect(output).toMatch(/PORT: "eighty"/);
    expect(output).not.toMatch(/ {4}at /);
  });
});
