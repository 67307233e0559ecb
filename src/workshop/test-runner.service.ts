import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UserError } from '../common/errors';
import { canonicalLanguage } from '../common/languages';
import { storableText } from '../common/storable';
import type { CodeArtifact, TestRun } from '../contracts/outcome';
import { JAVASCRIPT_HARNESS } from './javascript-harness';
import { PYTEST_STAND_IN, PYTHON_HARNESS } from './python-harness';
import { SandboxPort, type SandboxOutcome, type SandboxRequest } from '../drivers/sandbox/sandbox.port';

export interface TestReport {
  testRun: TestRun;
  /** What the program itself printed. Untrusted text. */
  stdout: string;
  stderr: string;
}

type Prepared = Pick<SandboxRequest, 'runtime' | 'files' | 'entry'>;

const DEFAULT_WALL_MS = 30_000;
const MAX_FAILURES = 50;

const event = z.object({
  event: z.enum(['start', 'case', 'done']),
  name: z.string().default(''),
  ok: z.boolean().default(false),
  message: z.string().nullish(),
});
type HarnessEvent = z.output<typeof event>;

const prepare = (runtime: SandboxRequest['runtime'], { code, tests }: CodeArtifact): Prepared =>
  runtime === 'python'
    ? {
        runtime,
        entry: '.harness/main.py',
        files: {
          'solution.py': code,
          'tests.py': tests,
          '.harness/main.py': PYTHON_HARNESS,
          '.harness/pytest.py': PYTEST_STAND_IN,
        },
      }
    : {
        runtime,
        entry: '.harness/main.js',
        files: { 'solution.js': code, 'tests.js': tests, '.harness/main.js': JAVASCRIPT_HARNESS },
      };

/** Splits what the harness reported from what the program printed. */
const readReports = (stdout: string, secret: string): { events: HarnessEvent[]; printed: string } => {
  const events: HarnessEvent[] = [];
  const printed = stdout.replace(new RegExp(`\\n${secret}(.*)\\n`, 'g'), (_line, json: string) => {
    events.push(event.parse(JSON.parse(json)));
    return '';
  });
  return { events, printed };
};

const LIMITS: Record<NonNullable<SandboxOutcome['limit']>, string> = {
  wall: 'it ran out of time',
  cpu: 'it used up its processor time',
  memory: 'it used up its memory',
  output: 'it printed too much',
  disk: 'it wrote too much',
  processes: 'it started too many processes',
};

/** Why a run stopped before its tests were through. */
const interruption = (outcome: SandboxOutcome, unfinished: HarnessEvent | undefined): string => {
  const cause = outcome.limit ? LIMITS[outcome.limit] : `it ended by itself with exit code ${outcome.exitCode}`;
  const where = unfinished ? unfinished.name : 'loading';
  const lastWords = outcome.limit ? '' : outcome.stderr.trim().split('\n').slice(-1).join('').slice(0, 300);
  return `${where}: the program stopped before its tests were done: ${cause}${lastWords && ` (${lastWords})`}`;
};

/**
 * Runs the tests that come with a program, in the sandbox.
 *
 * How far a result can be trusted: results carry a secret that the harness reads before the tested code is loaded and that is
 * in no file, argument or variable of the environment, and a run counts only if the harness itself reports its end. So nothing
 * the code prints, no exit and no crash can pass for a success. Tests run in the same process as the code, though: code that
 * sets out to search the interpreter's frames or to patch what the tests use can still deceive them.
 */
@Injectable()
export class TestRunner {
  constructor(private readonly sandbox: SandboxPort) {}

  /**
   * Names of `artifact.code` are in scope of `artifact.tests`, and it can be imported as `solution`.
   * What cannot be run is a `TestRun` with `ran: false` and a reason, not an error. Rejects with the signal's reason on abort.
   *
   * @param options.wallMs longest time for all tests together, milliseconds; 30,000 when absent
   */
  async run(artifact: CodeArtifact, options: { signal: AbortSignal; wallMs?: number }): Promise<TestReport> {
    const { engine } = await this.sandbox.status();
    const notRun = (reason: string): TestReport => ({
      testRun: { ran: false, passed: 0, failed: 0, failures: [], durationMs: 0, engine, reason },
      stdout: '',
      stderr: '',
    });
    const runtime = canonicalLanguage(artifact.language);
    if (runtime !== 'python' && runtime !== 'javascript')
      return notRun(
        `tests in ${artifact.language || 'an unnamed language'} cannot be run here, only python and javascript`,
      );
    if (artifact.tests.trim() === '') return notRun('no tests');

    const secret = randomBytes(24).toString('hex');
    let outcome: SandboxOutcome;
    try {
      outcome = await this.sandbox.run({
        ...prepare(runtime, artifact),
        stdin: `${secret}\n`,
        limits: { wallMs: options.wallMs ?? DEFAULT_WALL_MS },
        signal: options.signal,
      });
    } catch (error) {
      if (error instanceof UserError) return notRun(error.message);
      throw error;
    }
    const { events, printed } = readReports(outcome.stdout, secret);
    const cases = events.filter((each) => each.event === 'case');
    const failures = cases.filter((each) => !each.ok).map((each) => `${each.name}: ${each.message ?? 'failed'}`);
    const last = events.at(-1);
    if (last?.event !== 'done') failures.push(interruption(outcome, last?.event === 'start' ? last : undefined));
    const passed = cases.filter((each) => each.ok).length;
    if (passed + failures.length === 0) return notRun('no tests');
    return {
      testRun: {
        ran: true,
        passed,
        failed: failures.length,
        failures: failures.slice(0, MAX_FAILURES).map(storableText),
        durationMs: outcome.durationMs,
        engine,
      },
      stdout: printed,
      stderr: outcome.stderr,
    };
  }
}
