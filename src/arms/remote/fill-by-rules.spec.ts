import type { JsonObject } from '../../contracts/json';
import { fillByRules } from './fill-by-rules';

const schema = (properties: JsonObject): JsonObject => ({ type: 'object', properties });
const WEATHER = schema({
  location: { type: 'string' },
  days: { type: 'integer', default: 5 },
  include_analysis: { type: 'boolean' },
});

describe('fillByRules', () => {
  it.each([
    [
      'Get weather forecast for Paris for next 5 days',
      ['Include detailed analysis'],
      { location: 'Paris', days: 5, include_analysis: true },
    ],
    ['What will the weather be in New York over 3 days?', [], { location: 'New York', days: 3 }],
    [
      'Weather at Frankfurt am Main, days: 7, without analysis',
      [],
      { location: 'Frankfurt am Main', days: 7, include_analysis: false },
    ],
    ['A 10-day forecast near Saint-Étienne', [], { location: 'Saint-Étienne', days: 10 }],
    ['Show me the forecast', [], { days: 5 }],
  ])('reads a place, a number and a wish from "%s"', (goal, constraints, expected) => {
    expect(fillByRules(WEATHER, goal, constraints)).toEqual(expected);
  });

  it.each<[string, JsonObject, string, unknown]>([
    ['the whole goal where text is wanted', { query: { type: 'string' } }, 'Find a hotel', { query: 'Find a hotel' }],
    [
      'the choice that is spoken of',
      { unit: { enum: ['celsius', 'fahrenheit'] } },
      'In Fahrenheit',
      { unit: 'fahrenheit' },
    ],
    ['no choice when two are', { unit: { enum: ['celsius', 'fahrenheit'] } }, 'Celsius or Fahrenheit?', {}],
    ['a constant', { version: { const: 2 } }, 'x', { version: 2 }],
    [
      'an address',
      { page: { type: 'string', format: 'uri' } },
      'Read https://example.com/a now',
      { page: 'https://example.com/a' },
    ],
    ['what is labelled', { ticket_id: { type: 'string' } }, 'Close ticket id: AB-12, please', { ticket_id: 'AB-12' }],
    ['a default', { depth: { type: 'integer', default: 2 } }, 'x', { depth: 2 }],
    ['a number with decimals', { budget: { type: 'number' } }, 'with a budget of 12.5 euros', { budget: 12.5 }],
    ['nothing it was not told', { name: { type: 'string' }, tags: { type: 'array' } }, 'Do it for 3 days', {}],
  ])('finds %s', (_, properties, goal, expected) => {
    expect(fillByRules(schema(properties), goal, [])).toEqual(expected);
  });

  it('takes a schema without properties as it is', () => expect(fillByRules({}, 'x', [])).toEqual({}));
  it('is not led by the names of fields into a pattern of theirs', () => {
    expect(fillByRules(schema({ '(a+)+$': { type: 'integer' } }), 'a'.repeat(60), [])).toEqual({});
  });
});
