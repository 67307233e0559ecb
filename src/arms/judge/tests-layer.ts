import type { CodeArtifact, Issue, TestRun } from '../../contracts/outcome';
import type { LayerResult } from './layer';

/** What the code's own tests prove. `run` is absent when there were none to run. */
export const testsLayer = (artifact: CodeArtifact, run: TestRun | undefined): LayerResult => {
  if (!run) return notRun(`The ${artifact.language} code came without tests.`, 'Write tests that prove it.');
  if (!run.ran) {
    const layer = notRun(
      `The tests were not run: ${run.reason ?? 'no reason was given'}.`,
      'Run them where a sandbox is available.',
    );
    return { ...layer, testRun: run };
  }
  const total = run.passed + run.failed;
  if (total === 0 && run.failures.length === 0) {
    return { ...notRun('The tests hold no test case.', 'Write functions named test_… with assertions.'), testRun: run };
  }
  return {
    name: 'tests',
    confidence: total === 0 ? 0 : run.passed / total,
    issues: run.failed > 0 || run.failures.length > 0 ? [failed(run, total)] : [],
    testRun: run,
  };
};

/** Failures shown in a finding; each costs tokens when the coder reads them. */
const MOST_FAILURES = 5;

const failed = ({ failed: count, failures }: TestRun, total: number): Issue => ({
  severity: 'error',
  type: 'tests_failed',
  message: [
    total === 0 ? 'The tests could not start.' : `${count} of ${total} tests fail.`,
    ...failures.slice(0, MOST_FAILURES),
  ].join('\n'),
  suggestion: 'Correct the code, or the test where it contradicts the goal.',
});

const notRun = (message: string, suggestion: string): LayerResult => ({
  name: 'tests',
  issues: [{ severity: 'warning', type: 'tests_not_run', message, suggestion }],
});
