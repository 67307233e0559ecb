import type { CriterionResult, TestRun } from '../../../contracts/outcome';
import type { TestRunner } from '../../../workshop/test-runner.service';
import type { Workbench } from '../../../dispatch/arm.port';
import type { Candidate } from '../candidate';
import { runTests } from '../run-tests';
import { testsOfExamples } from './example-tests';

/** Decides criteria such as `add(2, 3) returns 5` by calling the code. Those that could not be run are left to others. */
export const judgeExamples = async (
  criteria: readonly string[],
  { artifact, ...candidate }: Candidate,
  runner: TestRunner,
  workbench: Pick<Workbench, 'signal' | 'deadline' | 'report'>,
): Promise<CriterionResult[]> => {
  const made = artifact && testsOfExamples(criteria, artifact);
  if (!made) return [];
  const run = await runTests({ ...candidate, artifact: made.artifact }, runner, workbench);
  if (!run?.ran) return [];
  // A program that stopped half-way says nothing of the examples behind it.
  const isWhole = run.passed + run.failed === made.criteria.length;
  return made.criteria.flatMap((criterion, index): CriterionResult[] => {
    const failure = failureOf(run, index);
    if (failure !== undefined)
      return [{ criterion, state: 'failed', explanation: `Called in the sandbox: ${failure}` }];
    return isWhole && run.failures.every((line) => /^(?:test_)?example_\d+\b/.test(line))
      ? [{ criterion, state: 'passed', explanation: 'Called in the sandbox: it returned just that.' }]
      : [];
  });
};

const failureOf = ({ failures }: TestRun, index: number): string | undefined =>
  failures.find((line) => new RegExp(`^(?:test_)?example_${index}\\b`).test(line));
