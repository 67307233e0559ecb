import { essenceOf } from './essence';

it.each([
  ['Write a Python function that removes duplicates', 'removes duplicates'],
  ['Please write it', 'Please write it'],
  ['???', '???'],
  ['Größe in 漢字', 'Größe 漢字'],
])('the essence of "%s" is "%s"', (problem, essence) => {
  expect(essenceOf(problem)).toBe(essence);
});

it('is short and whole characters for a long text', () => {
  const essence = essenceOf(`${'x'.repeat(3_999)}😀`);
  expect([essence.length <= 4_000, essence.isWellFormed()]).toEqual([true, true]);
});
