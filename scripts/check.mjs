// `npm test`: everything that checks the project. Further arguments go to jest. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { ensureOrExit, root } from './ensure.mjs';

const bin = (path) => join(root, 'node_modules', path);
const STATIC = [
  { name: 'format', program: bin('prettier/bin/prettier.cjs'), args: ['--check', '--log-level=warn', '.'] },
  { name: 'lint', program: bin('eslint/bin/eslint.js'), args: ['.'] },
  { name: 'types', program: bin('typescript/bin/tsc'), args: ['--noEmit', '--project', '.'] },
  { name: 'building plan', program: bin('dependency-cruiser/bin/dependency-cruise.mjs'), args: ['src'] },
  { name: 'dead code', program: bin('knip/bin/knip.js'), args: ['--no-progress'] },
];
const AT_ONCE = 2;

const report = join(root, 'node_modules/.octollm/jest.json');
const bold = (text) => (process.stdout.isTTY ? styleText('bold', text) : text);
const took = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`;

/** Exit code of a Node program and what it printed; with `show`, it prints for itself. */
const run = ({ program, args }, show) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', ...(show ? ['inherit', 'inherit'] : ['pipe', 'pipe'])],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ passed: code === 0, output: output.trim() }));
  });

/** The static checks, a few at a time; returns the names of those that failed. */
const checkStatically = async () => {
  const waiting = [...STATIC];
  const failed = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const start = Date.now();
      const { passed, output } = await run(check);
      console.log(bold(`\n== ${check.name}: ${passed ? 'passed' : 'FAILED'} (${took(start)})`));
      if (!passed) failed.push(check.name);
      if (!passed && output !== '') console.log(output);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed;
};

/** Counts of single tests; a test file that could not even be run counts as one failure. */
const countTests = () => {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

const test = async () => {
  console.log(bold('\n== tests'));
  mkdirSync(join(report, '..'), { recursive: true });
  rmSync(report, { force: true });
  const args = ['--json', `--outputFile=${report}`, ...process.argv.slice(2)];
  const { passed } = await run({ program: bin('jest/bin/jest.js'), args }, true);
  return { ok: passed, ...countTests() };
};

const start = Date.now();
await ensureOrExit();
const failedChecks = await checkStatically();
const tests = await test();
const failures = [...failedChecks, ...(tests.ok ? [] : ['tests'])];
console.log(bold(`\n== ${failures.length === 0 ? 'all passed' : `FAILED: ${failures.join(', ')}`} (${took(start)})`));
// A failed check counts as one failure, so that the last line alone tells whether the project is in order.
const failed = tests.failed + failedChecks.length + (tests.ok || tests.failed > 0 ? 0 : 1);
console.log(`${tests.passed} passed, ${failed} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
