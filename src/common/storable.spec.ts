import { storableJson, storableText } from './storable';

describe('storable', () => {
  it('replaces what PostgreSQL refuses, at any depth, and keeps the rest', () => {
    expect(storableText('a\u0000b\ud800c😀')).toBe('a\uFFFDb\uFFFDc😀');
    expect(JSON.parse(storableJson({ a: ['x\u0000', { b: '\udc00' }], n: 1 }))).toEqual({
      a: ['x\uFFFD', { b: '\uFFFD' }],
      n: 1,
    });
  });
});
