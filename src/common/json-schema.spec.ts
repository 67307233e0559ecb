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

it('refuses what is no schema', () => expect(() => compileSchema({ type: 'lobster' })).toThrow());
