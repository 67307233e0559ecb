import { batch } from './batch';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('batch', () => {
  it('starts at once when idle, and gathers what comes meanwhile, at most so many', async () => {
    const sizes: number[] = [];
    const double = batch(async (items: number[]) => {
      sizes.push(items.length);
      await sleep(5);
      return items.map((item) => item * 2);
    }, 3);
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map(double));
    expect(results).toEqual([2, 4, 6, 8, 10, 12]);
    expect(sizes).toEqual([1, 3, 2]);
    expect(await double(7)).toBe(14);
  });

  it('a batch that fails fails for each of its items, and only for them', async () => {
    const work = batch(async (items: string[]) => {
      await sleep(1);
      if (items.includes('bad')) throw new Error('no');
      return items;
    }, 10);
    const settled = await Promise.allSettled([work('first'), work('bad'), work('beside it')]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await work('later')).toBe('later');
  });
});
