import type { Proof } from '../../contracts/outcome';
import type { Made } from './drafting.service';
import { OPERATIONS } from './operations';
import { countCases } from './test-cases';
import { type Aim, type Trial, isTelling, syntaxFault, testRunOf } from './trial';

/**
 * What a draft is worth, by what was proven of it:
 *
 * | proven                                                                             | confidence            |
 * | ---------------------------------------------------------------------------------- | --------------------- |
 * | all tests ran and passed                                                           | .9                    |
 * | they passed, but do not show what they are for, or are fewer than they were once   | .7                    |
 * | tests of code as given: some fail, and nobody knows whether code or test is at fault | .6                  |
 * | it can be parsed, its tests were not run                                           | .6                    |
 * | it can be parsed and has no tests                                                  | .4                    |
 * | the last two where nobody could parse it either                                    | .1 less               |
 * | some tests fail                                                                    | .3 × share that passes |
 * | it cannot be parsed                                                                | .1                    |
 *
 * A text about code is an opinion: .6.
 */
const CONFIDENCE = {
  proven: 0.9,
  doubtful: 0.7,
  undecided: 0.6,
  notRun: 0.6,
  noTests: 0.4,
  unparsed: 0.1,
  failing: 0.3,
  invalid: 0.1,
} as const;
export const PROSE_CONFIDENCE = 0.6;

/** Failures told to the user. */
const MOST_TOLD = 10;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Why a test was not run, in the end of a sentence; nothing when all were. */
const notRunBecause = ({ suites, untested }: Trial): string | undefined =>
  untested ?? suites.find(({ run }) => !run.ran)?.run.reason;

/** @param earlier rounds that were spent on it before */
export const proofOf = ({ trial, repairs }: Pick<Made, 'trial' | 'repairs'>, earlier = 0): Proof => {
  const { syntax } = trial;
  const run = testRunOf(trial);
  const fault = syntaxFault(trial);
  const note = fault ?? ('unchecked' in syntax ? syntax.unchecked : undefined);
  const reason = notRunBecause(trial);
  return {
    syntax: fault !== undefined ? 'invalid' : 'unchecked' in syntax ? 'unchecked' : 'valid',
    ...(note !== undefined && { syntaxNote: note }),
    tests: (run?.failed ?? 0) > 0 ? 'failed' : (run?.passed ?? 0) > 0 ? 'passed' : 'not_run',
    ...(reason !== undefined && { testsNote: reason }),
    testsPassed: run?.passed ?? 0,
    testsFailed: run?.failed ?? 0,
    repairs: earlier + repairs,
  };
};

/** Whether its tests ran, all passed, and show what they are for: such work may be remembered. */
export const isProven = ({ trial, shrunkFrom }: Made, aim: Aim): boolean =>
  proofOf({ trial, repairs: 0 }).tests === 'passed' && shrunkFrom === undefined && isTelling(trial, aim);

export const confidenceIn = (made: Made, aim: Aim): number => {
  const { trial } = made;
  const { syntax, tests, testsPassed, testsFailed } = proofOf({ trial, repairs: 0 });
  if (syntax === 'invalid') return CONFIDENCE.invalid;
  if (tests === 'passed') return isProven(made, aim) ? CONFIDENCE.proven : CONFIDENCE.doubtful;
  if (tests === 'failed') {
    const share = testsPassed / (testsPassed + testsFailed);
    const isFinding = OPERATIONS[aim.operation].yields === 'tests';
    return isFinding ? CONFIDENCE.undecided : rounded(CONFIDENCE.failing * share);
  }
  const base = trial.suites.length > 0 ? CONFIDENCE.notRun : CONFIDENCE.noTests;
  return rounded(syntax === 'unchecked' ? base - CONFIDENCE.unparsed : base);
};

const rounds = (count: number): string => (count === 1 ? 'one round' : `${count} rounds`);
const listed = (lines: readonly string[]): string => lines.slice(0, MOST_TOLD).join('; ');

const onSyntax = ({ trial, rounds: spent }: Made): string[] => {
  const fault = syntaxFault(trial);
  if (fault !== undefined) return [`After ${rounds(spent)} of mending, ${fault}.`];
  const isShown = proofOf({ trial, repairs: 0 }).tests === 'passed';
  return 'unchecked' in trial.syntax && !isShown ? [`The syntax was not checked: ${trial.syntax.unchecked}.`] : [];
};

const onTests = (made: Made, aim: Aim): string[] => {
  const { trial } = made;
  if ('fault' in trial.syntax) return [];
  const run = testRunOf(trial);
  const reason = notRunBecause(trial);
  if (trial.suites.length === 0 && trial.draft.tests === '')
    return ['There are no tests, so nothing proves this code.'];
  if (reason !== undefined) return [`The tests were not run: ${reason}.`];
  if (run === undefined || run.failed === 0) return onWorth(made, aim);
  const count = `${run.failed} of ${run.passed + run.failed} tests`;
  const failures = listed(run.failures);
  return OPERATIONS[aim.operation].yields === 'tests'
    ? [
        `${count} fail on the code as given and were left so: either it has a fault there, or they expect too much: ${failures}`,
      ]
    : [`${count} still fail after ${rounds(made.rounds)} of mending: ${failures}`];
};

/** What tests that pass leave open. */
const onWorth = ({ trial }: Made, aim: Aim): string[] => {
  if (isTelling(trial, aim)) return [];
  return aim.operation === 'debug'
    ? ['The tests pass on the code as given too, so they do not show that a fault was mended.']
    : [
        'Whether it still does the same could not be shown: the tests say another thing of the code as given, or could not be run on it.',
      ];
};

/** What was not proven, for people. */
export const warningsOf = (made: Made, aim: Aim): string[] => {
  const { trial, shrunkFrom, stopped } = made;
  const { draft, style } = trial;
  return [
    ...onSyntax(made),
    ...onTests(made, aim),
    ...(shrunkFrom === undefined
      ? []
      : [`Its tests went from ${shrunkFrom} to ${countCases(draft.tests, draft.language)} cases while it was mended.`]),
    ...(stopped === undefined ? [] : [`It was not mended further: ${stopped}.`]),
    ...(style.length === 0 ? [] : [`Not in the style that was asked for: ${listed(style)}`]),
  ];
};
