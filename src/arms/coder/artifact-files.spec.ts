import { artifactFiles } from './artifact-files';

const files = (language: string, tests = '') => artifactFiles({ code: 'code', tests, language, explanation: '' });

it.each([
  ['python', 'solution.py'],
  ['typescript', 'solution.ts'],
  ['rust', 'solution.rs'],
  ['brainfuck', 'solution.txt'],
  ['constructor', 'solution.txt'],
])('%s is laid down as %s', (language, path) => expect(files(language)).toEqual({ [path]: 'code\n' }));

it('tests lie beside it, and those in Python fetch the names they use', () => {
  expect(files('go', 'tests\n')).toEqual({ 'solution.go': 'code\n', 'tests.go': 'tests\n' });
  expect(files('python', 'assert f()')['tests.py']).toBe('from solution import *\n\n\nassert f()\n');
});

it.each(['from solution import f\nassert f()\n', 'import solution\n', 'from __future__ import annotations\n'])(
  '%j is left as it is',
  (tests) => expect(files('python', tests)['tests.py']).toBe(tests),
);
