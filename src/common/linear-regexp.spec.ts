import { LinearPattern, withinMilliseconds } from './linear-regexp';

describe('LinearPattern', () => {
  it.each([
    ['a(?=b)', 'look-ahead and look-behind cannot be searched in linear time'],
    ['(?<!a)b', 'look-ahead and look-behind cannot be searched in linear time'],
    ['(a)\\1', 'back-references cannot be searched in linear time'],
    ['(?<x>a)\\k<x>', 'back-references cannot be searched in linear time'],
    ['(a', 'missing closing )'],
  ])('refuses %s: %s', (pattern, reason) => {
    expect(() => LinearPattern.compile(pattern)).toThrow(reason);
  });
});

describe('withinMilliseconds', () => {
  it('breaks work off and has it mended', () => {
    let mended = 0;
    const forEver = (): void => {
      for (;;);
    };
    expect(withinMilliseconds(5, forEver, () => mended++)).toBe(false);
    expect(mended).toBeGreaterThan(0);
    expect(
      withinMilliseconds(
        1_000,
        () => undefined,
        () => mended++,
      ),
    ).toBe(true);
  });

  it('passes errors on', () => {
    const fail = (): void => {
      throw new Error('mine');
    };
    expect(() => withinMilliseconds(1_000, fail, () => undefined)).toThrow('mine');
  });
});
