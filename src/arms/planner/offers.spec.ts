import type { ArmOffer } from '../../contracts/arm';
import { assignment } from '../../../test/support/scripted-model';
import { offerFor, readRouting, resolveArm, shownOffers, uncovered } from './offers';

const offer = (id: string, capabilities: string[], over: Partial<ArmOffer> = {}): ArmOffer => ({
  id,
  description: id,
  capabilities,
  cost_tier: 1,
  available: true,
  successes: 0,
  failures: 0,
  ...over,
});
const WEATHER = offer('weather', ['weather_forecast', 'weather_analysis']);
const OTHER = offer('Other_Weather', ['weather_forecast'], { cost_tier: 5 });
const TRANSLATOR = offer('translator', ['translation', 'search']);
const OFFERS = [OTHER, WEATHER, TRANSLATOR];

describe('offerFor', () => {
  it.each([
    ['Get weather forecast for Paris', [], [], 'weather'],
    ['Weather forecasts for the week', [], [], 'weather'],
    ['A translation of this letter', [], [], 'translator'],
    ['Do the usual', ['translation'], [], 'translator'],
    ['Do the usual', [], ['weather_analysis'], 'weather'],
    ['Search the documents', [], ['keyword_search', 'search'], undefined],
    ['Write a function', [], ['code_generation'], undefined],
  ])('"%s", required %j, intended %j: %s', (goal, required, intended, id) => {
    expect(offerFor({ offers: OFFERS, required }, goal, intended)?.id).toBe(id);
  });

  it('prefers the arm that is there', () => {
    const away = { ...WEATHER, available: false };
    expect(offerFor({ offers: [away, OTHER], required: ['weather_forecast'] }, 'x')?.id).toBe('Other_Weather');
  });
});

it('readRouting takes what the orchestrator gives, and nothing from strangers', () => {
  const input = { arms: [WEATHER], required_capabilities: ['weather_forecast'] };
  expect(readRouting(assignment({ input }))).toEqual({ offers: [WEATHER], required: ['weather_forecast'] });
  expect(readRouting(assignment({ input: { arms: 'all of them' } }))).toEqual({ offers: [], required: [] });
});

it.each([
  ['weather', 'weather'],
  ['Other_Weather', 'Other_Weather'],
  ['weather_forecast', 'weather'],
  ['Safety_Guardian', 'safety-guardian'],
  ['nobody', 'nobody'],
])('resolveArm(%s) is %s', (name, id) => expect(resolveArm(name, OFFERS)).toBe(id));

it('shownOffers begins with those that fit, and has a limit', () => {
  const many = Array.from({ length: 30 }, (_, index) => offer(`arm${index}`, ['other']));
  const shown = shownOffers([...many, TRANSLATOR], ['translation']);
  expect(shown[0]?.id).toBe('translator');
  expect(shown).toHaveLength(12);
});

it('uncovered names the arms that would do', () => {
  const step = {
    step: 1,
    action: 'x',
    requiredArm: 'coder',
    acceptanceCriteria: [],
    dependsOn: [],
    estimatedDurationSeconds: 1,
  };
  const routing = { offers: OFFERS, required: ['weather_forecast'] };
  expect(uncovered([step], routing)).toEqual([
    'no step needs the capability "weather_forecast"; add one for Other_Weather or weather',
  ]);
  expect(uncovered([{ ...step, requiredArm: 'weather' }], routing)).toEqual([]);
});
