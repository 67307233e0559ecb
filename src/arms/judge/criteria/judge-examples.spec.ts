import { Test, type TestingModule } from '@nestjs/testing';
import { ScriptedModel, workbench } from '../../../../test/support/scripted-model';
import { HealthModule } from '../../../common/health.module';
import { SandboxModule } from '../../../drivers/sandbox/sandbox.module';
import { SyntaxModule } from '../../../drivers/syntax/syntax.module';
import { TestRunner } from '../../../workshop/test-runner.service';
import { judgeExamples } from './judge-examples';

let room: TestingModule;
beforeAll(async () => {
  room = await Test.createTestingModule({
    imports: [HealthModule, SandboxModule, SyntaxModule],
    providers: [TestRunner],
  }).compile();
});
afterAll(() => room.close());

const judge = async (criteria: string[], source: string, language = 'python') => {
  const artifact = { code: source, language, tests: '', explanation: '' };
  const bench = workbench(new ScriptedModel());
  const results = await judgeExamples(criteria, { text: source, artifact }, room.get(TestRunner), bench);
  return Object.fromEntries(results.map(({ criterion, state }) => [criterion, state]));
};

const PYTHON = `def add(a, b):
    return a + b
def is_even(n):
    return n % 2 == 0
def words(text):
    return text.split() or None
`;
const SCRIPT = 'const add = (a, b) => a + b;\nfunction pair(a) { return { a, list: [a] }; }\n';

it.each([
  ['python', PYTHON, 'add(2, 3) returns 5', 'add(2, 3) returns 6'],
  ['python', PYTHON, '`add(0.1, 0.2)` should return `0.3`', '`add(0.1, 0.2)` should return `0.4`'],
  ['python', PYTHON, 'add("a", "b") == "ab"', 'add("a", "b") == "ba"'],
  ['python', PYTHON, 'is_even(2) is true', 'is_even(3) is true'],
  ['python', PYTHON, "words('a b') -> ['a', 'b']", "words('a b') -> ['b', 'a']"],
  ['python', PYTHON, "words('') must return null", "words('a') must return null"],
  ['python', PYTHON, '>>> add(1, 1)\n2', '>>> add(1, 1)\n3'],
  ['javascript', SCRIPT, 'add(2, 3) returns 5.', 'add(2, 3) returns "5".'],
  ['javascript', SCRIPT, "pair('x') equals {\"a\": 'x', \"list\": ['x']}", "pair('x') equals {}"],
])('in %s: calls the code', async (language, source, right, wrong) => {
  expect(await judge([right, wrong], source, language)).toEqual({ [right]: 'passed', [wrong]: 'failed' });
});

it.each([
  ['what has to be worked out first', 'add(x, 3) returns 5'],
  ['a program in place of a value', 'add(1, 2) returns __import__("os").getpid()'],
  ['a call within a call', 'add(add(1, 2), 3) returns 6'],
  ['what is said about it besides', 'add(2, 3) returns 5 in constant time'],
  ['a denial', 'add(2, 3) does not return 6'],
  ['a sentence', 'Adding two numbers returns their sum'],
])('leaves %s to others', async (_, criterion) => expect(await judge([criterion], PYTHON)).toEqual({}));

it('says nothing of code that never came so far', async () => {
  expect(await judge(['add(1, 2) returns 3'], 'import nothing_of_the_kind\n')).toEqual({});
  expect(await judge(['add(1, 2) returns 3'], 'fn add() {}', 'rust')).toEqual({});
});
