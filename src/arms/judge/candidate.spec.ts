import { earlier } from '../../../test/support/scripted-model';
import { candidateOf } from './candidate';

const ran = (stdout: string, paths: string[] = [], exitCode = 0) =>
  earlier('executor', {
    testRun: { ran: false },
    stdout,
    stderr: '',
    exitCode,
    artifacts: paths.map((path) => ({ path })),
  });
const textOf = (...results: ReturnType<typeof ran>[]) => candidateOf({ input: {}, earlier: results })?.text;

it('is what was run last, also where that printed nothing', () => {
  expect(textOf(ran('first\n'), ran('second\n'))).toBe('second\n');
  expect(textOf(ran('first\n'), ran(' \n', ['out.txt']))).toBe(
    'Nothing was printed; the exit code is 0. Files made or changed: out.txt.',
  );
  expect(textOf(ran('first\n'), ran('', [], 3))).toBe('Nothing was printed; the exit code is 3.');
});

it('is an earlier answer where tests alone were run after it', () => {
  const tests = earlier('executor', { testRun: { ran: true }, stdout: '', stderr: '' });
  expect(textOf(earlier('retriever', { passages: [], answer: 'An answer.' }), tests)).toBe('An answer.');
});
