import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UserError } from '../common/errors';
import { canonicalLanguage } from '../common/languages';
import { storableText } from '../common/storable';
import type { CodeArtifact, TestRun } from '../contracts/outcome';
import { SandboxPort, type SandboxOutcome } from '../drivers/sandbox/sandbox.port';
import { SyntaxPort } from '../drivers/syntax/syntax.port';
import { prepareProgram } from './harness';

export interface TestReport {
  testRun: TestRun;
  /** What the program itself printed. Untrusted text. */
  stdout: string;
  stderr: string;
}

export interface TestOptions {
  signal: AbortSignal;
  /** Longest time for all tests together, milliseconds; 30,000 when absent. */
  wallMs?: number;
  /** Further files beside the solution, by relative path. Those of the runner itself go before them. */
  files?: Record<string, string | Uint8Array>;
}

const DEFAULT_WALL_MS = 30_000;
const MAX_FAILURES = 50;

const event = z.object({
  event: z.enum(['start', 'case', 'done']),
  name: z.string().default(''),
  ok: z.boolean().default(false),
  message: z.string().nullish(),
});
type HarnessEvent = z.output<typeof event>;

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
 * the code prints, no exit, no thread and no crash can pass for a success, and what it patched of the helpers that tests use is
 * set back. Tests run in the same process as the code, though: code that sets out to search the interpreter's frames, or whose
 * values claim to equal everything, can still deceive them.
 */
@Injectable()
export class TestRunner {
  constructor(
    private readonly sandbox: SandboxPort,
    private readonly syntax: SyntaxPort,
  ) {}

  /**
   * Names of `artifact.code` are in scope of `artifact.tests`, and it can be imported as `solution`. TypeScript and modules of
   * JavaScript are translated first, types unchecked; what cannot be translated has failed.
   * What cannot be run is a `TestRun` with `ran: false` and a reason, not an error. Rejects with the signal's reason on abort.
   */
  async run(artifact: CodeArtifact, options: TestOptions): Promise<TestReport> {
    const { engine } = await this.sandbox.status();
    const notRun = (reason: string): TestReport => ({
      testRun: { ran: false, passed: 0, failed: 0, failures: [], durationMs: 0, engine, reason },
      stdout: '',
      stderr: '',
    });
    const language = canonicalLanguage(artifact.language);
    if (language !== 'python' && language !== 'javascript' && language !== 'typescript') {
      const name = artifact.language || 'an unnamed language';
      return notRun(`tests in ${name} cannot be run here, only python, javascript and typescript`);
    }
    if (artifact.tests.trim() === '') return notRun('no tests');

    const program = await prepareProgram({ ...artifact, language }, options.files ?? {}, this.syntax, options.signal);
    if ('fault' in program) {
      const testRun = {
        ran: true,
        passed: 0,
        failed: 1,
        failures: [storableText(program.fault)],
        durationMs: 0,
        engine,
      };
      return { testRun, stdout: '', stderr: '' };
    }
    const secret = randomBytes(24).toString('hex');
    let outcome: SandboxOutcome;
    try {
      outcome = await this.sandbox.run({
        ...program,
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
    const named = language === 'typescript' ? failures.map(inTypeScript) : failures;
    return {
      testRun: {
        ran: true,
        passed,
        failed: failures.length,
        failures: named.slice(0, MAX_FAILURES).map(storableText),
        durationMs: outcome.durationMs,
        engine,
      },
      stdout: printed,
      stderr: outcome.stderr,
    };
  }
}

/** Lines are the same in both; the file is named as it was written. */
const inTypeScript = (failure: string): string => failure.replace(/\b(tests|solution)\.js(?=, line \d)/g, '$1.ts');
