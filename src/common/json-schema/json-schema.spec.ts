import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compileSchema, schemaProblems } from './json-schema';

const problems = async (schema: object, value: unknown): Promise<string[]> =>
  schemaProblems(await compileSchema(schema), value);

it.each([
  [{ required: ['a'] }, {}, ["the object must have required property 'a'"]],
  [{ properties: { a: { maximum: 3 } } }, { a: 4 }, ['a must be <= 3']],
  [
    { properties: { a: { items: { enum: ['x'] } } } },
    { a: ['z'] },
    ['a.0 must be equal to one of the allowed values: x'],
  ],
  [{}, { anything: true }, []],
])('%j for %j', async (schema, value, expected) => expect(await problems(schema, value)).toEqual(expected));

it('names no more faults than anybody reads', async () => {
  const many = Array.from({ length: 200_000 }, () => 1);
  expect(await problems({ items: { type: 'string' } }, many)).toHaveLength(20);
});

const nested = (depth: number, open: string, close: string): unknown =>
  JSON.parse(open.repeat(depth) + '1' + close.repeat(depth));

describe('what is meant to do harm', () => {
  it('runs hostile patterns in linear time', async () => {
    const text = `${'a'.repeat(50_000)}!`;
    expect(await problems({ pattern: '^(a+)+$' }, text)).toEqual(['the object must match pattern "^(a+)+$"']);
    const schema = { patternProperties: { '^(a+)+$': true }, additionalProperties: false };
    expect(await problems(schema, { [text]: 1 })).toHaveLength(1);
  });

  const doubling = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => {
      const next = { $ref: `#/definitions/d${n + 1}` };
      return [`d${n}`, n === 39 ? { type: 'string' } : { anyOf: [next, next] }];
    }),
  );
  it('costs a thread and not the event loop', async () => {
    let turns = 0;
    const clock = setInterval(() => (turns += 1), 20);
    const calls = [
      problems({ $ref: '#/definitions/d0', definitions: doubling }, {}),
      problems({ pattern: '^(?=x)?(a|aa|a?a)+$' }, `${'a'.repeat(60)}!`),
    ];
    for (const call of calls) {
      await expect(call).rejects.toMatchObject({
        code: 'validation_error',
        message: expect.stringContaining('takes too long'),
      });
    }
    clearInterval(clock);
    expect(turns).toBeGreaterThan(10);
    expect(await problems({ type: 'null' }, null)).toEqual([]);
  });

  it.each<[string, object, unknown]>([
    ['a reference to itself', { $ref: '#' }, {}],
    [
      'references in a circle',
      {
        $ref: '#/definitions/a',
        definitions: { a: { $ref: '#/definitions/b' }, b: { allOf: [{ $ref: '#/definitions/a' }] } },
      },
      {},
    ],
    [
      'a dynamic reference to itself',
      { $schema: 'https://json-schema.org/draft/2020-12/schema', $dynamicAnchor: 'a', $dynamicRef: '#a' },
      1,
    ],
    [
      'a value without end',
      { $ref: '#/definitions/a', definitions: { a: { items: { $ref: '#/definitions/a' } } } },
      nested(100_000, '[', ']'),
    ],
    ['a schema without end', nested(100_000, '{"not":', '}') as object, 1],
  ])('%s is an error and no crash', async (_, schema, value) => {
    await expect(problems(schema, value)).rejects.toMatchObject({ kind: 'user', code: 'validation_error' });
  });

  it.each<[string, object, unknown, number]>([
    ['a huge list of values', { enum: Array.from({ length: 100_000 }, (_, n) => `value ${n}`) }, 'value 99999', 0],
    [
      'a schema of five megabytes',
      {
        properties: Object.fromEntries(
          Array.from({ length: 50_000 }, (_, n) => [`p${n}`, { description: 'd'.repeat(60), minimum: n }]),
        ),
      },
      { p7: 3 },
      1,
    ],
    ['garbage for a format', { format: '..//\u0000(' }, 'x', 0],
    [
      '__proto__ for a name',
      JSON.parse('{"properties": {"__proto__": {"type": "string"}}, "required": ["__proto__"]}') as object,
      JSON.parse('{"__proto__": 1}'),
      1,
    ],
  ])('%s is answered', async (_, schema, value, count) => expect(await problems(schema, value)).toHaveLength(count));
});

it('never fetches what a schema refers to', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const $ref = `http://127.0.0.1:${(server.address() as AddressInfo).port}/schema.json`;
  for (const schema of [{ $ref }, { $id: $ref, $ref: 'other.json' }, { $schema: $ref, $dynamicRef: `${$ref}#a` }]) {
    await compileSchema(schema).catch(() => undefined);
  }
  await expect(compileSchema({ $ref })).rejects.toMatchObject({ kind: 'user' });
  server.close();
  expect(asked).toBe(0);
});

it('refuses what is no schema', async () => {
  await expect(compileSchema({ type: 'lobster' })).rejects.toMatchObject({ kind: 'user', code: 'validation_error' });
});
