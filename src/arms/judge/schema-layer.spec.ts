import { schemaLayer } from './schema-layer';

describe('schemaLayer', () => {
  it('says where the output does not follow, and nothing when it does', async () => {
    const schema = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
    expect(await schemaLayer('{"n": 1}', schema)).toEqual({ name: 'schema', confidence: 1, issues: [] });
    expect(await schemaLayer('{"n": "x"}', schema)).toMatchObject({
      confidence: 0,
      issues: [{ severity: 'error', type: 'schema_violation', message: '/n must be integer.', location: '/n' }],
    });
    expect(await schemaLayer({ n: 1 }, schema)).toMatchObject({ confidence: 1, issues: [] });
    expect((await schemaLayer({}, schema)).issues[0]).not.toHaveProperty('location');
  });

  it.each([['integer'], ['string']])('takes the text 123 for the %s it may be meant as', async (type) => {
    expect((await schemaLayer('123', { type })).confidence).toBe(1);
    expect((await schemaLayer('123', { type: 'object' })).confidence).toBe(0);
  });

  it('checks patterns in linear time: one that stops JavaScript for days is answered', async () => {
    const { issues } = await schemaLayer(`${'a'.repeat(50_000)}!`, { type: 'string', pattern: '^(a+)+$' });
    expect(issues).toMatchObject([{ type: 'schema_violation' }]);
    expect((await schemaLayer('straße', { pattern: '^\\p{L}+$' })).issues).toEqual([]);
    expect((await schemaLayer('Ab1', { pattern: '^[A-Z]\\w\\d$' })).issues).toEqual([]);
  });

  it.each([
    ['a pattern that is none', { pattern: '(' }],
    ['a reference to another document', { $ref: 'https://example.com/schema.json' }],
    ['something that is no schema', 'string'],
    ['a schema that never ends', { $ref: '#' }],
    ['a schema of unknown keywords with wrong values', { type: 'nonsense' }],
  ])('does not check %s, and says so', async (_, schema) => {
    const layer = await schemaLayer('"x"', schema);
    expect(layer.confidence).toBeUndefined();
    expect(layer.issues).toMatchObject([{ severity: 'warning', type: 'schema_unusable' }]);
    expect(layer.issues[0]?.message).toMatch(/[^.]\.$/);
  });
});
