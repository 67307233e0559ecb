import { withinTime } from './time-bound';

const forEver = (): object => {
  for (;;);
};

it('breaks off what would never end, and goes on as before', () => {
  const started = Date.now();
  expect(withinTime(50, forEver)).toBeUndefined();
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(withinTime(5_000, () => [1])).toEqual([1]);
});

it('hands on what is thrown', () => {
  const fault = new RangeError('too much');
  expect(() =>
    withinTime(5_000, () => {
      throw fault;
    }),
  ).toThrow(fault);
});
