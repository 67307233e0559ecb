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

  it('gives each the best of its scores, and none less than one behind it', () => {
    const fused = fuse([
      { weight: 1, hits: hits(['a', 0.2], ['b', 0.6]) },
      { weight: 1, hits: hits(['a', 0.3], ['c', 0.5]) },
    ]);
    expect(fused).toEqual(hits(['a', 0.6], ['b', 0.6], ['c', 0.5]));
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
