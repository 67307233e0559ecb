import type { CodeOperation } from '../../contracts/direct';
import type { CodeArtifact, TestRun } from '../../contracts/outcome';
import type { SyntaxVerdict } from '../../drivers/syntax/syntax.port';
import { OPERATIONS } from './operations';
import type { StyleRules } from './style/style-rules';

/** What a draft is made for, and so what it is held against. */
export interface Aim {
  operation: CodeOperation;
  existingCode?: string;
  /** Tests of the caller's own. They are run besides those of the model, and only he may change them. */
  givenTests?: string;
  style: StyleRules;
}

/** One set of tests that was run. */
export interface Suite {
  origin: 'given' | 'made';
  run: TestRun;
  /** The same tests on the code as it was given. */
  before?: TestRun;
}

/** A draft, and what trying it showed. */
export interface Trial {
  draft: CodeArtifact;
  /** Of the tests, where tests are what was to be made; else of the code. */
  syntax: SyntaxVerdict;
  suites: Suite[];
  /** Why no test was even tried. */
  untested?: string;
  /** Departures from the style asked for, one line each. */
  style: string[];
}

/** One line on a draft that cannot be parsed. */
export const syntaxFault = ({ syntax, draft }: Pick<Trial, 'syntax' | 'draft'>): string | undefined => {
  if (!('fault' in syntax)) return undefined;
  const { message, line, column } = syntax.fault;
  const place = line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`;
  return `this is no valid ${draft.language}: ${message}${place}`;
};

const nameOf = (failure: string): string => failure.split(': ')[0] ?? failure;
const namesOf = ({ failures }: TestRun): Set<string> => new Set(failures.map(nameOf));

/** Where a rework does another thing than the code it was made of, as far as a suite shows it. */
const differences = ({ origin, run, before }: Suite): string[] => {
  if (before?.ran !== true) return run.failures;
  const [failedBefore, failsNow] = [namesOf(before), namesOf(run)];
  const broken = run.failures.flatMap((failure) => {
    if (!failedBefore.has(nameOf(failure))) return [`${failure} (it passes on the code as given)`];
    // A caller's own test that failed all along is not ours to settle here.
    return origin === 'given'
      ? []
      : [`${failure} (it fails on the code as given too, so it does not tell what that does)`];
  });
  const other = before.failures.filter((failure) => !failsNow.has(nameOf(failure)));
  return [...broken, ...other.map((failure) => `${failure} (on the code as given; it passes now)`)];
};

/** Tests that could not even be loaded, not for want of a solution that loads. */
const cannotLoad = (failure: string): boolean => failure.startsWith('loading: ') && !failure.includes('(solution.');

/** What is wrong with a draft, one line each: what a model is asked to settle. */
export const faultsOf = (trial: Trial, { operation }: Aim): string[] => {
  const fault = syntaxFault(trial);
  if (fault !== undefined) return [fault];
  const { keepsBehaviour, yields } = OPERATIONS[operation];
  return trial.suites.flatMap((suite) => {
    if (!suite.run.ran) return [];
    // A test that fails may have found a fault: made to agree, it would hide it.
    if (yields === 'tests') return suite.run.failures.filter(cannotLoad);
    return keepsBehaviour ? differences(suite) : suite.run.failures;
  });
};

/** All suites as one run; nothing when there was none. */
export const testRunOf = ({ suites }: Pick<Trial, 'suites'>): TestRun | undefined => {
  const [first, ...others] = suites.map(({ run }) => run).sort((a, b) => Number(b.ran) - Number(a.ran));
  if (first === undefined) return undefined;
  return others
    .filter(({ ran }) => ran)
    .reduce(
      (sum, run) => ({
        ...sum,
        passed: sum.passed + run.passed,
        failed: sum.failed + run.failed,
        failures: [...sum.failures, ...run.failures],
        durationMs: sum.durationMs + run.durationMs,
      }),
      first,
    );
};

/**
 * Whether tests that pass say what they are meant to say: those of a mended fault must have failed before, those of a rework must
 * say the same of the code as it was given.
 */
export const isTelling = (trial: Trial, aim: Aim): boolean => {
  if (aim.operation === 'debug') return trial.suites.some(({ before }) => (before?.failed ?? 0) > 0);
  if (!OPERATIONS[aim.operation].keepsBehaviour) return true;
  return trial.suites.some(({ before }) => before?.ran) && faultsOf(trial, aim).length === 0;
};

const rank = (trial: Trial, aim: Aim): number[] => {
  const faults = faultsOf(trial, aim);
  const passed = testRunOf(trial)?.passed ?? 0;
  return ['fault' in trial.syntax ? 0 : 1, faults.length === 0 ? 1 : 0, passed, -faults.length, -trial.style.length];
};

/** Whether one draft is worth more than another: it can be parsed, has no fault, passes more tests, has fewer faults. */
export const isBetter = (one: Trial, other: Trial, aim: Aim): boolean => {
  const others = rank(other, aim);
  const difference = rank(one, aim)
    .map((value, at) => value - (others[at] ?? 0))
    .find((by) => by !== 0);
  return (difference ?? 0) > 0;
};
