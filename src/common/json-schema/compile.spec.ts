import type { Draft } from './dialect';
import { compileSchema } from './json-schema';
import type { Schema } from './transcribe';

// The library is made of ES modules, which only a thread of plain Node can load under jest.
const messages = async (schema: Schema, value: unknown, draft?: Draft): Promise<string[]> => {
  const check = await compileSchema(schema, draft);
  return (await check(value)).map(({ pointer, message }) => `${pointer} ${message}`.trim());
};
const fits = async (schema: Schema, value: unknown, draft?: Draft): Promise<boolean> =>
  (await messages(schema, value, draft)).length === 0;

describe('what each draft understands', () => {
  it.each<[string, Draft, Schema, unknown, boolean]>([
    ['a bound that excludes itself', '4', { minimum: 3, exclusiveMinimum: true }, 3, false],
    ['a bound that does not', '4', { minimum: 3, exclusiveMinimum: false }, 3, true],
    [
      'an id of old',
      '4',
      { id: 'http://x.example/a', definitions: { n: { type: 'null' } }, $ref: '#/definitions/n' },
      1,
      false,
    ],
    ['an id of old in a list of values', '4', { enum: [{ id: 'x' }] }, { id: 'x' }, true],
    ['contains, which is yet to come', '4', { contains: false }, [1], true],
    ['if, which is yet to come', '6', { if: true, then: false }, 1, true],
    ['if', '7', { if: true, then: false }, 1, false],
    [
      'what stands beside a reference, not at all',
      '7',
      { $ref: '#/definitions/any', maximum: 1, definitions: { any: {} } },
      2,
      true,
    ],
    ['what stands beside a reference', '2019-09', { $ref: '#/$defs/any', maximum: 1, $defs: { any: {} } }, 2, false],
    [
      'a list of schemas for items',
      '2019-09',
      { items: [true, { type: 'null' }], additionalItems: false },
      [1, null, 2],
      false,
    ],
    ['a format as a demand', '7', { format: 'date' }, 'soon', false],
    ['a format as a remark', '2020-12', { format: 'date' }, 'soon', true],
    ['items found by contains as looked at', '2020-12', { contains: { const: 1 }, unevaluatedItems: false }, [1], true],
    [
      'items found by contains as not looked at',
      '2019-09',
      { contains: { const: 1 }, unevaluatedItems: false },
      [1],
      false,
    ],
    ['contains of none', '2020-12', { contains: { const: 1 }, minContains: 0 }, [2], true],
    ['contains of too many', '2020-12', { contains: { const: 1 }, maxContains: 1 }, [1, 1], false],
    ['both kinds of dependencies', '7', { dependencies: { a: ['b'], c: false } }, { a: 1 }, false],
  ])('%s, in draft %s', async (_, draft, schema, value, expected) =>
    expect(await fits(schema, value, draft)).toBe(expected),
  );

  it.each<[string, Schema, unknown, boolean]>([
    ['its own name', { $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [false] }, [1], false],
    [
      'its own name before the one given',
      { $schema: 'http://json-schema.org/draft-07/schema#', prefixItems: [false] },
      [1],
      true,
    ],
    ['its keywords', { properties: { a: { prefixItems: [false] } } }, { a: [1] }, false],
    ['7 otherwise', { items: [false] }, [1], false],
    ['7 otherwise, formats included', { format: 'email' }, 'nobody', false],
  ])('goes by %s', async (_, schema, value, expected) => expect(await fits(schema, value)).toBe(expected));
});

describe('references', () => {
  it.each<[string, Schema]>([
    ['a pointer with escapes', { $ref: '#/$defs/a~1b%25', $defs: { 'a/b%': { type: 'null' } } }],
    ['an anchor', { $ref: '#here', $defs: { a: { $anchor: 'here', type: 'null' } } }],
    [
      'an id relative to another',
      { $id: 'http://x.example/dir/a', $ref: 'b', $defs: { b: { $id: 'b', type: 'null' } } },
    ],
    [
      'a name',
      { $id: 'urn:uuid:deadbeef-4321-4321-4321-1234567890ab', $ref: '#/$defs/n', $defs: { n: { type: 'null' } } },
    ],
    ['what stands under an unknown keyword', { $ref: '#/mine', mine: { type: 'null' } }],
    ['a name that addresses have to escape', { $ref: '#/$defs/A <b>[]', $defs: { 'A <b>[]': { type: 'null' } } }],
    ['a name that nothing had to escape', { $ref: '#/%24defs/%6E', $defs: { n: { type: 'null' } } }],
    ['an address with half a letter', { $id: '\ud800', $ref: '#/$defs/n', $defs: { n: { type: 'null' } } }],
    ['an address that is none', { $id: 'my schema', $ref: '#/$defs/n', $defs: { n: { type: 'null' } } }],
    [
      'an id that a mere example has as well',
      { $ref: 'urn:x:n', $defs: { n: { $id: 'urn:x:n', type: 'null' } }, examples: [{ $id: 'urn:x:n' }] },
    ],
    ['an id that is a file', { $id: 'file:///x/y.json', $ref: '#/$defs/n', $defs: { n: { type: 'null' } } }],
  ])('follow %s', async (_, schema) => {
    expect(await fits(schema, null, '2020-12')).toBe(true);
    expect(await fits(schema, 1, '2020-12')).toBe(false);
  });

  it('lead to the schemas of schemas, which nobody has to carry', async () => {
    for (const $ref of ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2020-12/schema']) {
      expect(await fits({ $ref }, { minLength: 1 }, '2020-12')).toBe(true);
      expect(await fits({ $ref }, { minLength: -1 }, '2020-12')).toBe(false);
    }
  });

  it('are dynamic where both ends say so', async () => {
    const tree = {
      $id: 'http://x.example/tree',
      $dynamicAnchor: 'node',
      properties: { children: { items: { $dynamicRef: '#node' } }, n: true },
    };
    const strict = {
      $id: 'http://x.example/strict',
      $dynamicAnchor: 'node',
      $ref: 'tree',
      unevaluatedProperties: false,
      $defs: { tree },
    };
    expect(await messages(strict, { children: [{ n: 1 }] }, '2020-12')).toEqual([]);
    expect(await messages(strict, { children: [{ m: 1 }] }, '2020-12')).toContain(
      "/children/0 must NOT have unevaluated properties: 'm'",
    );
    expect(await fits(tree, { children: [{ m: 1 }] }, '2020-12')).toBe(true);
  });

  it.each<[string, Schema]>([
    ['another document', { $ref: 'https://example.com/schema.json' }],
    ['a file', { properties: { a: { $ref: 'file:///etc/passwd' } } }],
    ['a place that does not exist', { $ref: '#/definitions/none' }],
    ['what only every object has', { $ref: '#/constructor' }],
    ['what is no schema', { $ref: '#/title', title: 'x' }],
  ])('to %s make a schema unusable', async (_, schema) =>
    expect(compileSchema(schema)).rejects.toThrow(/can't resolve reference/),
  );
});

it('leaves the drafts as they are, whatever a schema calls itself', async () => {
  const $id = 'http://json-schema.org/draft-07/schema';
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  await compileSchema({ $schema, $id, $vocabulary: { 'https://json-schema.org/draft/2020-12/vocab/core': true } });
  // Twice at once: whichever of the threads took it is asked.
  const both = [fits({ minimum: 2 }, 1, '7'), fits({ maximum: 0 }, 1, '7')];
  expect(await Promise.all(both)).toEqual([false, false]);
});

describe('what was looked at', () => {
  const closed = (rest: object): Schema => ({ ...rest, unevaluatedProperties: false });
  it.each<[string, Schema, boolean]>([
    ['through allOf', closed({ allOf: [{ properties: { a: true } }] }), true],
    ['through if alone', closed({ if: { properties: { a: { const: 1 } } } }), true],
    ['through an if that fails', closed({ if: { properties: { a: { const: 2 } } } }), false],
    [
      'through the branch that fits',
      closed({ anyOf: [{ properties: { a: { const: 2 } } }, { required: ['a'] }] }),
      false,
    ],
    ['through not', closed({ not: { not: { properties: { a: true } } } }), false],
    ['by a pattern', closed({ patternProperties: { '^a': true } }), true],
  ])('%s', async (_, schema, expected) => expect(await fits(schema, { a: 1 }, '2020-12')).toBe(expected));
});

describe('names and values that JavaScript minds', () => {
  const parsed = JSON.parse('{"__proto__": 1, "a~/b": "x"}') as object;
  it.each<[string, Schema, string[]]>([
    ['a required __proto__', { required: ['__proto__', 'toString'] }, ["must have required property 'toString'"]],
    [
      'a property __proto__',
      JSON.parse('{"properties": {"__proto__": {"type": "string"}}}') as Schema,
      ['/__proto__ must be string'],
    ],
    ['a name with signs of its own', { properties: { 'a~/b': { type: 'null' } } }, ['/a~0~1b must be null']],
    [
      'a keyword that every object has',
      { constructor: {}, toString: 1, minProperties: 3 },
      ['must NOT have fewer than 3 properties'],
    ],
    ['a constructor nobody gave', { properties: { constructor: false } }, []],
  ])('%s', async (_, schema, expected) => expect(await messages(schema, parsed)).toEqual(expected));

  it.each<[string, Schema, unknown, boolean]>([
    ['letters of two code units', { maxLength: 1 }, '😀', true],
    ['a product without bounds', { type: 'integer', multipleOf: 0.5 }, 1e308, true],
    ['what is one only roughly', { multipleOf: 0.01 }, 4.02, true],
    ['one for 1.0', { type: 'integer' }, 1.0, true],
    [
      'references and ids that are only values',
      { enum: [{ $ref: '#/none', $id: 'x', a: { $anchor: 'y' } }] },
      { $id: 'x', a: { $anchor: 'y' }, $ref: '#/none' },
      true,
    ],
    ['a constant that is a schema by its looks', { const: { $id: 'x', $ref: '#/none' } }, { $id: 'x' }, false],
    ['no value of none', { enum: [] }, 1, false],
    [
      'equal objects in another order',
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
  ])('%s', async (_, schema, value, expected) => expect(await fits(schema, value, '2020-12')).toBe(expected));
});

describe('patterns', () => {
  it.each<[string, string, boolean]>([
    ['^\\p{Letter}+$', 'straße', true],
    ['^(?!no).*$', 'yes', true],
    ['^(?!no).*$', 'nobody', false],
    ['^(a)\\1$', 'aa', true],
    ['^[\\w\\-]+$', 'a-b', true],
    ['a', 'bab', true],
  ])('%s in %s', async (pattern, text, expected) => expect(await fits({ pattern }, text)).toBe(expected));

  it('are each their own', async () => {
    const schema = { patternProperties: { '^a': { type: 'string' }, '^b': { type: 'number' } } };
    expect(await messages(schema, { a: 1, b: 1 })).toEqual(['/a must be string']);
    expect(await fits({ allOf: [{ pattern: 'x' }, { pattern: 'y' }] }, 'x')).toBe(false);
  });

  it('that nobody can read make a schema unusable', async () => {
    await expect(compileSchema({ pattern: '(' })).rejects.toMatchObject({ kind: 'user' });
    await expect(compileSchema({ patternProperties: { '[': true } })).rejects.toMatchObject({ kind: 'user' });
  });
});

it.each<[string, Schema, unknown, string[]]>([
  ['none of several', { anyOf: [{ type: 'null' }] }, 1, ['must be null', 'must match a schema in anyOf']],
  ['more than one', { oneOf: [true, true] }, 1, ['must match exactly one schema in oneOf']],
  ['what must not be', { not: {} }, 1, ['must NOT be valid by the schema in not']],
  ['a property too many', { additionalProperties: false }, { x: 1 }, ["must NOT have additional properties: 'x'"]],
  [
    'a name',
    { propertyNames: { maxLength: 1 } },
    { ab: 1 },
    ["must NOT have the property name 'ab': it must NOT have more than 1 characters"],
  ],
  [
    'a property left over',
    { $schema: 'https://json-schema.org/draft/2019-09/schema', properties: { a: true }, unevaluatedProperties: false },
    { 'b/c': 1 },
    ["must NOT have unevaluated properties: 'b/c'"],
  ],
  [
    'an item that must not be there',
    { items: [true], additionalItems: false },
    [1, 2],
    ['/1 must not be there: its schema is false'],
  ],
  [
    'an item left over',
    { prefixItems: [true], unevaluatedItems: false },
    [1, 2],
    ['must NOT have unevaluated items: number 1'],
  ],
  [
    'what is needed beside',
    { dependentRequired: { a: ['b'] } },
    { a: 1 },
    ["must have property 'b' when property 'a' is present"],
  ],
  ['bounds', { allOf: [{ exclusiveMinimum: 1 }, { multipleOf: 2 }] }, 1, ['must be > 1', 'must be multiple of 2']],
  ['what is found too seldom', { contains: { const: 1 } }, [2], ['must contain at least 1 valid item(s)']],
  ['a constant', { const: { b: 1, a: 'x' } }, 2, ['must be equal to {"a":"x","b":1}']],
  ['lists', { type: ['array', 'null'], minItems: 1 }, [], ['must NOT have fewer than 1 items']],
  ['formats', { format: 'uuid' }, 'x', ['must match format "uuid"']],
  ['values', { enum: ['x', { a: 1 }] }, 'z', ['must be equal to one of the allowed values: x, {"a":1}']],
])('names %s', async (_, schema, value, expected) => expect(await messages(schema, value)).toEqual(expected));

it.each<[string, Schema, Draft]>([
  ['a type that does not exist', { type: 'lobster' }, '7'],
  ['a type that does not exist, in draft 4', { type: 'lobster' }, '4'],
  ['a length below zero', { minLength: -1 }, '2020-12'],
  ['an id that is none', { $id: 7 }, '6'],
])('refuses %s', async (_, schema, draft) =>
  expect(compileSchema(schema, draft)).rejects.toMatchObject({ kind: 'user' }),
);
