import type { Made } from '../replies';
import { answerOf, inputOf } from './tool-talk';

it.each([
  [{ input: { a: 1 }, args: ['x'] }, { a: 1 }],
  [{ input: null, args: [] }, null],
  [{ args: [] }, {}],
  [{ args: ['{"a":1}'] }, { a: 1 }],
  [{ args: ['plain'] }, ['plain']],
  [{ args: ['null'] }, null],
  [{ args: ['1', '2'] }, ['1', '2']],
])('%j is given as %j', (request, input) => expect(inputOf(request)).toEqual(input));

const made = (over: Partial<Made>): Made => ({ exitCode: 0, truncated: false, stdout: '', ...over }) as Made;

it.each([
  [{ stdout: '{"a":1}\n' }, { a: 1 }],
  [{ stdout: 'null' }, null],
  [{ stdout: 'done\n' }, 'done'],
  [{ stdout: '1', exitCode: 2 }, undefined],
  [{ stdout: '[1', truncated: true }, undefined],
])('%j answers %j', (over, value) => expect(answerOf(made(over)).value).toEqual(value));
