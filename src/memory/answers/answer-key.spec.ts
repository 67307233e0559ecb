import fc from 'fast-check';
import { type Question, answerKey, similarityScope } from './answer-key';

const MAKERS = { rules: 'r', models: 'm' };
const QUESTION: Question = {
  tenant: 't',
  goal: 'Sum the list',
  constraints: [],
  acceptanceCriteria: [],
  context: {},
  checkPii: true,
  checkInjection: true,
};
const keyOf = (changes: Partial<Question> = {}, makers = MAKERS): string =>
  answerKey({ ...QUESTION, ...changes }, makers);
const scopeOf = (goal: string, changes: Partial<Question> = {}): string =>
  similarityScope({ ...QUESTION, goal, ...changes }, MAKERS);

const OTHERWISE: Partial<Question>[] = [
  { tenant: 'u' },
  { constraints: ['x'] },
  { acceptanceCriteria: ['x'] },
  { context: { a: 1 } },
  { checkPii: false },
  { checkInjection: false },
];

describe('answerKey', () => {
  it.each([...OTHERWISE, { goal: 'sum the list' }, { goal: 'Sum the lists' }])('differs with %j', (changes) => {
    expect(keyOf(changes)).not.toBe(keyOf());
  });

  it('differs with the rules and the models', () => {
    expect(keyOf({}, { ...MAKERS, rules: 's' })).not.toBe(keyOf());
    expect(keyOf({}, { ...MAKERS, models: 'n' })).not.toBe(keyOf());
  });

  it('does not mind spacing, composition and the order of fields', () => {
    expect(keyOf({ goal: ' Sum\u00a0the\n\n list ' })).toBe(keyOf());
    expect(keyOf({ goal: 'cafe\u0301' })).toBe(keyOf({ goal: 'caf\u00e9' }));
    expect(keyOf({ context: { a: { c: 1, b: [2] }, d: 3 } })).toBe(keyOf({ context: { d: 3, a: { b: [2], c: 1 } } }));
  });

  it('lets no part run into the next one', () => {
    expect(keyOf({ constraints: ['a', 'b'] })).not.toBe(keyOf({ constraints: ['a'], acceptanceCriteria: ['b'] }));
    expect(keyOf({ goal: 'a","b', tenant: 'c' })).not.toBe(keyOf({ goal: 'a', tenant: 'b","c' }));
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (goal) => {
        expect(keyOf({ goal })).toMatch(/^[0-9a-f]{64}$/);
        expect(keyOf({ goal: ` ${goal} ` })).toBe(keyOf({ goal }));
        expect(scopeOf(goal)).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
  });
});

describe('similarityScope', () => {
  it.each([
    ['Sum 2 and 3', 'Sum 2 and 4'],
    ['Convert 1.5 to 2', 'Convert 1,5 to 2'],
    ['Meet at 12:30', 'Meet at 12 30'],
    ['Replace "a" with b', 'Replace "c" with b'],
    ["Print 'yes' now", "Print 'no' now"],
    ['Delete `x` there', 'Delete `y` there'],
    ['Sort with a copy', 'Sort without a copy'],
    ['Do log errors', "Don't log errors"],
    ['Do log errors', 'Do not log errors'],
    ['Zeige alle Kunden', 'Zeige keine Kunden'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(scopeOf(one)).not.toBe(scopeOf(other));
  });

  it.each([
    ['Sum the list', 'Add the list up'],
    ['Sum 2 and 3', 'Add 2 and 3'],
    ["Don't log errors", "Don't write errors"],
    ["The user's list", "A user's lists"],
  ])('lets %j and %j be compared', (one, other) => {
    expect(scopeOf(one)).toBe(scopeOf(other));
  });

  it.each(OTHERWISE)('differs with %j', (changes) => {
    expect(scopeOf(QUESTION.goal, changes)).not.toBe(scopeOf(QUESTION.goal));
  });
});
