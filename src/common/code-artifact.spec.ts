import { firstArtifact } from './code-artifact';

const CODE = { code: 'x = 1', language: 'python' };

it('takes the first value that is code, and fills in what it lacks', () => {
  const candidates = [undefined, { answer: 'no code' }, { ...CODE, more: true }, { code: 'y = 2', language: 'python' }];
  expect(firstArtifact(candidates)).toEqual({ ...CODE, tests: '', explanation: '' });
});

it.each([null, 'x = 1', {}, { code: '', language: 'python' }, { code: 'x = 1' }, { ...CODE, tests: 3 }])(
  'takes %j for none',
  (value) => expect(firstArtifact([value])).toBeUndefined(),
);
