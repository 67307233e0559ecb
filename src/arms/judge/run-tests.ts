import type { TestRun } from '../../contracts/outcome';
import type { Workbench } from '../../dispatch/arm.port';
import type { TestRunner } from '../../workshop/test-runner.service';
import type { Candidate } from './candidate';

/** Longest run of an outcome's own tests, in milliseconds; the step's deadline may be nearer. */
const WALL_MS = 20_000;

/** What the tests show that came with an outcome; nothing when none came. */
export const runTests = async (
  { artifact }: Candidate,
  tests: TestRunner,
  { signal, deadline, report }: Pick<Workbench, 'signal' | 'deadline' | 'report'>,
): Promise<TestRun | undefined> => {
  if (artifact === undefined || artifact.tests.trim() === '') return undefined;
  report('Running the tests of the code');
  const wallMs = Math.max(1, Math.min(WALL_MS, deadline.getTime() - Date.now()));
  return (await tests.run(artifact, { signal, wallMs })).testRun;
};
