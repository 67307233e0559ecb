import type { Failed } from './drafting.service';
import type { Solved } from './solved-problems.service';

/** Languages whose tests can be run here. */
const RUNNABLE = new Set(['python', 'javascript', 'typescript']);

export const canRunTests = (language: string): boolean => RUNNABLE.has(language);

/** How tests have to be written to be run. */
export const testsRule = (language: string): string =>
  canRunTests(language)
    ? 'tests: functions named test_… with plain assertions and no arguments, usual and unusual input, at least 3. They run in the same namespace as the code: never import it.'
    : `tests: test cases in the usual way of ${language}, usual and unusual input, at least 3`;

export const GIVEN_TESTS = "context.tests are the caller's own tests: they are run besides yours and have to pass.";

export const MEND =
  'untrusted.draft was an attempt at this; untrusted.failures is what a parser, its tests and the style asked for say against it. Settle every entry and reply with the whole. Correct the code, or the test where it contradicts the goal; never drop a test, nor weaken a right one.';

export const SOLVED =
  'untrusted.solved_before are programs for similar problems, proven then. Use what fits; the goal and the constraints go first.';

/** What stands under `untrusted` besides the work itself. */
export const besides = ({ failed, solved = [] }: { failed?: Failed | undefined; solved?: Solved[] | undefined }) => ({
  ...(failed && {
    draft: failed.draft,
    failures: failed.failures,
    ...(failed.worse && { failures_of_a_worse_attempt: failed.worse }),
  }),
  ...(solved.length > 0 && { solved_before: solved }),
});
