import { findRule } from './find.rule';

it.each(['-exec', '-execdir', '-ok', '-okdir', '-delete', '-fprint', '-fprint0', '-fprintf', '-fls', '-files0-from'])(
  'refuses %s',
  (word) => expect(findRule(['.', '-name', '*.txt', word, 'x', ';'])).toMatch(new RegExp(`^${word}: \\w+`)),
);

it.each([[['.']], [['.', '-name', '*.py', '-type', 'f', '-print0']], [['/tmp', '-executable', '-printf', '%p\\n']]])(
  'lets %j pass',
  (args) => expect(findRule(args)).toBeUndefined(),
);
