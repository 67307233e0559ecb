import type { JsonValue } from '../contracts/json';
import { mapTexts } from './map-texts';

const pathsOf = (value: JsonValue): string[] => {
  const paths: string[] = [];
  mapTexts(value, (text, path) => {
    paths.push(path);
    return text;
  });
  return paths;
};

describe('mapTexts', () => {
  it('tells where each text stands', () => {
    expect(pathsOf({ passages: [{ content: 'a' }] })).toEqual(['(key)', 'passages.0.(key)', 'passages.0.content']);
  });

  it('tells a place in few words, however long the keys and however deep the place', () => {
    const long = 'k'.repeat(10_000);
    expect(pathsOf({ [long]: ['a'] })).toEqual(['(key)', '(long key).0']);
    let deep: JsonValue = 'a';
    for (let level = 0; level < 60; level++) deep = { ['k'.repeat(90)]: deep };
    const paths = pathsOf({ code: deep, list: [{ code: 'x' }] });
    expect(Math.max(...paths.map(({ length }) => length))).toBeLessThanOrEqual(300);
    expect(paths.at(-1)).toBe('list.0.code');
  });

  it('tells the key that a text stands under, of a long one the end', () => {
    const labels: (string | undefined)[] = [];
    mapTexts({ [`${'k'.repeat(10_000)} phone`]: ['a'], note: 'b' }, (text, path, label) => {
      if (!path.endsWith('(key)')) labels.push(label);
      return text;
    });
    expect(labels).toEqual([`${'k'.repeat(94)} phone`, 'note']);
  });

  it('keeps keys apart that become one', () => {
    const mapped = mapTexts({ a: 1, 'x (2)': 2, b: 3, c: 4 }, (text) => (text.length === 1 ? 'x' : text));
    expect(mapped).toEqual({ x: 1, 'x (2)': 2, 'x (3)': 3, 'x (4)': 4 });
  });

  it('keeps very many keys apart in the time it takes to read them', () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`key ${n}`, n]));
    const mapped = mapTexts(many, () => 'x') as object;
    expect(Object.values(mapped)).toEqual(Object.values(many));
  });

  it.each([
    [4539148803436467, '4539148803436467'],
    [-4539148803436467, '4539148803436467'],
  ])('maps %d as digits', (number, digits) => {
    expect(mapTexts([number], (text) => (text === digits ? 'hidden' : text))).toEqual(['hidden']);
    expect(mapTexts([number], (text) => text)).toEqual([number]);
  });
});
