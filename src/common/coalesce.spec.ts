import { coalesce } from './coalesce';

describe('coalesce', () => {
  it('never runs twice at once, and once more for whatever was asked meanwhile', async () => {
    let [open, most, runs] = [0, 0, 0];
    const ask = coalesce(async () => {
      open += 1;
      runs += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
    });
    for (let i = 0; i < 20; i++) ask();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect({ most, runs }).toEqual({ most: 1, runs: 2 });
    ask();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(runs).toBe(3);
  });
});
