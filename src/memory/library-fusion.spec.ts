import { fuse } from './library-fusion';

const hits = (...pairs: [string, number][]) => pairs.map(([key, score]) => ({ key, score }));
const keys = (fused: { key: string }[]): string => fused.map(({ key }) => key).join('');

describe('fuse', () => {
  it('puts what both found before what one found, however high', () => {
    const words = hits(['a', 0.9], ['b', 0.8], ['c', 0.3]);
    const meaning = hits(['d', 0.9], ['c', 0.8]);
    expect(
      keys(
        fuse([
          { weight: 1, hits: words },
          { weight: 1, hits: meaning },
        ]),
      ),
    ).toBe('cadb');
  });

  it('lets a ranking of little weight fill up, but not overrule', () => {
    const words = hits(['a', 0.9], ['b', 0.8], ['c', 0.7], ['d', 0.3]);
    const meaning = hits(['d', 1], ['x', 1], ['y', 1]);
    const fused = fuse([
      { weight: 1, hits: words },
      { weight: 0.01, hits: meaning },
    ]);
    expect(keys(fused)).toBe('abcdxy');
  });

  it('gives each the best of its scores, and puts the better of equals first', () => {
    const fused = fuse([
      { weight: 1, hits: hits(['a', 0.2], ['c', 0.5]) },
      { weight: 1, hits: hits(['a', 0.3], ['b', 0.6]) },
    ]);
    expect(fused).toEqual(hits(['a', 0.3], ['b', 0.6], ['c', 0.5]));
  });

  it('lends a weak hit neither the score of the one behind it, nor that of a ranking of little weight', () => {
    const fused = fuse([
      { weight: 1, hits: hits(['weak', 0.1]) },
      { weight: 0.01, hits: hits(['strong', 0.9], ['weak', 0.8]) },
    ]);
    expect(fused).toEqual(hits(['weak', 0.1], ['strong', 0.9]));
  });

  it('leaves a single ranking as it is, and makes nothing of nothing', () => {
    const only = hits(['a', 0.9], ['b', 0.1]);
    expect(
      fuse([
        { weight: 1, hits: only },
        { weight: 1, hits: [] },
      ]),
    ).toEqual(only);
    expect(fuse([])).toEqual([]);
  });
});
