import { compileSchema, schemaProblems } from './json-schema';

const problems = (schema: object, value: unknown): string[] => schemaProblems(compileSchema(schema), value);

it.each([
  [{ required: ['a'] }, {}, ["the object must have required property 'a'"]],
  [{ properties: { a: { maximum: 3 } } }, { a: 4 }, ['a must be <= 3']],
  [
    { properties: { a: { items: { enum: ['x', 'y'] } } } },
    { a: ['z'] },
    ['a.0 must be equal to one of the allowed values: x, y'],
  ],
  [{}, { anything: true }, []],
])('%j for %j', (schema, value, expected) => expect(problems(schema, value)).toEqual(expected));

it('runs hostile patterns in linear time', () => {
  const started = Date.now();
  problems({ properties: { a: { pattern: '^(a+)+$' } } }, { a: `${'a'.repeat(40)}!` });
  expect(Date.now() - started).toBeLessThan(500);
});

it.each([
  ['equal items among many', { uniqueItems: true }, Array.from({ length: 20_000 }, (_, n) => ({ n }))],
  [
    'references that double at every step',
    {
      $ref: '#/definitions/d0',
      definitions: Object.fromEntries(
        Array.from({ length: 40 }, (_, n) => {
          const next = { $ref: `#/definitions/d${n + 1}` };
          return [`d${n}`, n === 39 ? { type: 'string' } : { anyOf: [next, next] }];
        }),
      ),
    },
    {},
  ],
  ['a reference to itself', { $ref: '#' }, {}],
])('gives up on %s', (_, schema, value) => {
  const started = Date.now();
  expect(() => problems(schema, value)).toThrow(/takes too long to check/);
  expect(Date.now() - started).toBeLessThan(10_000);
});

it('names no more faults than anybody reads', () =>
  expect(
    problems(
      { items: { type: 'string' } },
      Array.from({ length: 1_000 }, () => 1),
    ),
  ).toHaveLength(20));

it('refuses what is no schema', () => expect(() => compileSchema({ type: 'lobster' })).toThrow());
