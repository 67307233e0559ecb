import type { ArmOffer } from '../contracts/arm';
import { armScore, missingCapabilities, rankArms } from './arm-score';

const offer = (over: Partial<ArmOffer> = {}): ArmOffer => ({
  id: 'weather',
  description: '',
  capabilities: ['weather_forecast', 'weather_analysis'],
  cost_tier: 1,
  available: true,
  successes: 0,
  failures: 0,
  ...over,
});

describe('armScore', () => {
  it.each([
    ['everything right', { successes: 10 }, ['weather_forecast'], 0.4 + 0.2 + 0.3 + 0.08],
    ['no history', {}, ['weather_forecast'], 0.4 + 0.2 + 0.15 + 0.08],
    ['half of what is needed', {}, ['weather_forecast', 'cooking'], 0.2 + 0.2 + 0.15 + 0.08],
    ['out of reach', { available: false }, ['weather_forecast'], 0.4 + 0.15 + 0.08],
    ['one success in four', { successes: 1, failures: 3 }, ['weather_forecast'], 0.4 + 0.2 + 0.075 + 0.08],
    ['the dearest', { cost_tier: 5 }, ['weather_forecast'], 0.4 + 0.2 + 0.15],
    ['nothing asked for', {}, [], 0.4 + 0.2 + 0.15 + 0.08],
  ])('%s', (_, over, required, score) => expect(armScore(offer(over), required)).toBeCloseTo(score, 10));

  it('leaves an arm out that has none of it', () => expect(armScore(offer(), ['cooking'])).toBeUndefined());
});

describe('rankArms', () => {
  it('puts the best first and leaves out who cannot', () => {
    const arms = [
      offer({ id: 'away', available: false }),
      offer({ id: 'cook', capabilities: ['cooking'] }),
      offer({ id: 'bungler', failures: 9 }),
      offer({ id: 'best', successes: 9 }),
    ];
    expect(rankArms(arms, ['weather_forecast']).map(({ id }) => id)).toEqual(['best', 'bungler', 'away']);
  });
});

it('names what nobody can do', () => {
  expect(missingCapabilities([offer()], ['weather_forecast', 'cooking', 'juggling'])).toEqual(['cooking', 'juggling']);
});
