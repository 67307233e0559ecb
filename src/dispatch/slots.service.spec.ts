import { Slots } from './slots.service';

it('gives out as many places as there are, per arm', () => {
  const slots = new Slots();
  expect([slots.take('a', 2), slots.take('a', 2), slots.take('a', 2)]).toEqual([true, true, false]);
  expect(slots.take('b', 1)).toBe(true);
  slots.give('a');
  expect([slots.take('a', 2), slots.take('a', 2)]).toEqual([true, false]);
});
