import { armBody } from './arm-body';

const request = (context: object | string, more: object = {}) => ({
  task_contract: { task_id: '1', goal: 'Do it well', context: context as never, ...more },
  capability_token: 't',
});

it.each<[string, ReturnType<typeof request>, object | undefined]>([
  [
    'planner',
    request('a note', { constraints: { lines: 3 }, acceptance_criteria: ['it works'] }),
    { goal: 'Do it well', context: { text: 'a note' }, constraints: ['lines: 3'], acceptance_criteria: ['it works'] },
  ],
  [
    'executor',
    request({ command: 'ls', args: ['-l'], capability_token: 'tok_x', other: 1 }),
    { command: 'ls', args: ['-l'], timeout_seconds: 30 },
  ],
  ['retriever', request({ limit: 3, other: 1 }), { query: 'Do it well', limit: 3 }],
  [
    'coder',
    request({ operation: 'debug', existing_code: 'x', language: 'python', hint: 'y' }),
    {
      operation: 'debug',
      prompt: 'Do it well',
      existing_code: 'x',
      language: 'python',
      constraints: [],
      context: { hint: 'y' },
    },
  ],
  ['judge', request({ output: { a: 1 } }), { output: { a: 1 }, acceptance_criteria: [] }],
  ['safety-guardian', request({ content: 'look at this' }), { content: 'look at this' }],
  ['safety-guardian', request({}), { content: 'Do it well' }],
  ['reflex', request({}), undefined],
  ['constructor', request({}), undefined],
])('%s is asked in the words of its own route', (arm, given, expected) =>
  expect(armBody(arm, given)).toEqual(expected),
);
