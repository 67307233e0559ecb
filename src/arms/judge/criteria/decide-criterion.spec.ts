import type { TestRun } from '../../../contracts/outcome';
import type { Subject } from './check';
import { decideCriterion } from './decide-criterion';

const subject = (code: string, rest: { language?: string; tests?: string; testRun?: TestRun } = {}): Subject => ({
  text: code,
  artifact: { code, language: rest.language ?? 'python', tests: rest.tests ?? '', explanation: '' },
  ...(rest.testRun && { testRun: rest.testRun }),
});
const state = (criterion: string, given: Subject): string | undefined => decideCriterion(criterion, given)?.state;

const GOOD = subject(
  `def add(a: int, b: int) -> int:
    """Return the sum."""
    # Booleans are numbers too, but nobody means them.
    if isinstance(a, bool):
        raise TypeError("a must be a number")
    return a + b
`,
  { tests: 'def test_add():\n    assert add(1, 2) == 3\n' },
);
const BARE = subject('def add(a, b):\n    return a + b\n');
const RECURSIVE = subject('def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)\n');

describe('decideCriterion', () => {
  it.each([
    'Include docstring',
    'Includes docstrings',
    'Must have a docstring',
    'Code includes a docstring and type hints',
    'Add type hints',
    'Type annotations',
    'Add unit tests',
    'Include tests',
    'Has error handling',
    'Handle invalid input',
    'Include comments',
    'The function must be called `add`',
  ])('%s: told by looking', (criterion) => {
    expect(state(criterion, GOOD)).toBe('passed');
    expect(state(criterion.replace('`add`', '`plus`'), criterion.includes('`add`') ? GOOD : BARE)).toBe('failed');
  });

  it.each([
    ['No recursion', 'passed', 'failed'],
    ['Must not use recursion', 'passed', 'failed'],
    ["Don't use recursion", 'passed', 'failed'],
    ['Avoid recursion', 'passed', 'failed'],
    ['Recursion is not allowed', 'passed', 'failed'],
    ['Implementation without recursion', 'passed', 'failed'],
    ['Use recursion', 'failed', 'passed'],
    ['Must be recursive', 'failed', 'passed'],
  ])('%s: %s for a loop, %s for a recursion', (criterion, loop, recursive) => {
    expect(state(criterion, BARE)).toBe(loop);
    expect(state(criterion, RECURSIVE)).toBe(recursive);
  });

  it('keeps what is asked and what is forbidden apart', () => {
    expect(state('No recursion and include a docstring', GOOD)).toBe('passed');
    expect(state('No recursion and include a docstring', BARE)).toBe('failed');
    expect(state('No comments or docstrings', GOOD)).not.toBe('passed');
    expect(state('Without docstrings', GOOD)).toBe('failed');
    expect(state('Without docstrings', BARE)).toBe('passed');
  });

  it('asks for nothing where something is optional', () => {
    expect(state('Unit tests are not required', BARE)).toBeUndefined();
    expect(state('Docstring is optional', BARE)).toBeUndefined();
  });

  it('takes one of two where either will do', () => {
    expect(state('Include a docstring or comments', subject('# Adds.\ndef add(a, b):\n    return a + b'))).toBe(
      'passed',
    );
    expect(state('Include a docstring or comments', BARE)).toBe('failed');
  });

  it('does not pass what it understands only in part', () => {
    expect(state('Include a docstring that explains the complexity', GOOD)).toBeUndefined();
    expect(state('Include unit tests for every leap year', GOOD)).toBeUndefined();
    expect(state('No recursion deeper than ten', BARE)).toBeUndefined();
  });

  it('fails what is missing altogether, however it was to look', () => {
    expect(state('Include a docstring that explains the complexity', BARE)).toBe('failed');
    expect(state('Include unit tests for every leap year', BARE)).toBe('failed');
  });

  it('leaves open what some definitions have and others lack', () => {
    const half = subject('def a():\n    """A."""\n\ndef b():\n    pass\n');
    expect(state('Include docstrings', half)).toBeUndefined();
  });

  it.each(['Be helpful', 'Uses an efficient algorithm', 'Works for n=0', ''])('leaves %j to others', (criterion) => {
    expect(state(criterion, GOOD)).toBeUndefined();
  });

  it('is not taken in by strings and comments', () => {
    expect(state('Has error handling', subject('x = "raise"  # try this\n'))).toBe('failed');
    expect(state('Use recursion', subject('def f():\n    return "f()"  # f()\n'))).toBe('failed');
    const method = subject('class Bag:\n    def append(self, item):\n        self.items.append(item)\n');
    expect(state('No recursion', method)).toBe('passed');
  });

  it('sees recursion through other functions', () => {
    const mutual = 'def even(n):\n    return n == 0 or odd(n - 1)\n\ndef odd(n):\n    return n != 0 and even(n - 1)\n';
    expect(state('No recursion', subject(mutual))).toBe('failed');
  });

  it('reads JavaScript', () => {
    const documented = `/**
 * @param {number} a
 * @returns {number}
 */
export const twice = (a) => a * 2;

/** @returns {number} */
function fact(n) {
  if (n < 0) throw new RangeError('n');
  return n < 2 ? 1 : n * fact(n - 1);
}
`;
    const given = subject(documented, { language: 'javascript', tests: 'function test_a() { assert.ok(1); }' });
    for (const criterion of ['Include JSDoc', 'Type hints', 'Use recursion', 'Error handling', 'Unit tests']) {
      expect([criterion, state(criterion, given)]).toEqual([criterion, 'passed']);
    }
    const bare = subject('const twice = (a) => a * 2;\n', { language: 'javascript' });
    for (const criterion of ['Include JSDoc', 'Type hints', 'Use recursion', 'Error handling', 'Unit tests']) {
      expect([criterion, state(criterion, bare)]).toEqual([criterion, 'failed']);
    }
  });

  it('does not judge languages it cannot read', () => {
    expect(state('No recursion', subject('fn f() { f() }', { language: 'rust' }))).toBeUndefined();
    expect(state('Include docstring', subject('fn f() {}', { language: 'rust' }))).toBeUndefined();
  });

  it('compares the language', () => {
    expect(state('Must be written in Python', GOOD)).toBe('passed');
    expect(state('Use JavaScript', GOOD)).toBe('failed');
    expect(state('Use Python 3.12', GOOD)).toBeUndefined();
    const testRun: TestRun = { ran: true, passed: 1, failed: 0, failures: [], durationMs: 1, engine: 'bubblewrap' };
    expect(state('Valid Python code', subject('let a;', { language: 'javascript', testRun }))).toBe('failed');
  });

  describe('what only running can tell', () => {
    const run = (passed: number, failed: number, failures: string[] = []): TestRun => ({
      ran: true,
      passed,
      failed,
      failures,
      durationMs: 1,
      engine: 'bubblewrap',
    });
    it.each([
      ['All tests pass', run(3, 0), 'passed'],
      ['All unit tests must pass', run(2, 1), 'failed'],
      ['Code compiles', run(2, 1), 'passed'],
      ['Valid Python code', run(0, 1, ["SyntaxError: '(' was never closed"]), 'failed'],
      ['No syntax errors', run(3, 0), 'passed'],
    ])('%s', (criterion, testRun, expected) => {
      expect(state(criterion, { ...GOOD, testRun })).toBe(expected);
      expect(state(criterion, GOOD)).toBe('unknown');
    });
  });

  it.each([
    ['At most 5 words', 'one two three four five', 'one two three four five six'],
    ['No more than five words', 'one two three four five', 'one two three four five six'],
    ['Fewer than 3 sentences', 'One. Two.', 'One. Two. Three.'],
    ['At least 2 lines', 'a\n\nb', 'a'],
    ['Must be under 10 characters', 'ééééééééé', 'éééééééééé'],
    ['Exactly 2 paragraphs', 'a\n\nb', 'a\n\nb\n\nc'],
    ['Output is valid JSON', '{"a": [1]}', "{'a': 1}"],
    ['Mentions "Paris"', 'I went to paris.', 'I went home.'],
    ['Must not contain "Paris"', 'I went home.', 'I went to Paris.'],
  ])('%s', (criterion, right, wrong) => {
    expect(state(criterion, { text: right })).toBe('passed');
    expect(state(criterion, { text: wrong })).toBe('failed');
  });

  it('does not take a task about JSON for a demand on the code', () => {
    expect(state('Returns valid JSON', GOOD)).toBeUndefined();
  });
});
