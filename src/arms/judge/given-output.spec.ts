import { proseOf } from './given-output';

describe('proseOf', () => {
  it('tells bare words and figures with their names, and sentences as they are', () => {
    expect(proseOf({ city_name: 'Paris', note: 'It lies on the Seine.' })).toBe(
      'city name: Paris\nIt lies on the Seine.',
    );
  });

  it('does not outgrow what it is given when a long name stands over many items', () => {
    const items = Array.from({ length: 10_000 }, (_, n) => n);
    const prose = proseOf({ ['k'.repeat(100_000)]: items });
    expect(prose.length).toBeLessThan(2_000_000);
    expect(prose.endsWith('k: 9999')).toBe(true);
  });
});
