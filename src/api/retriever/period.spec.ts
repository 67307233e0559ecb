import type { JsonValue } from '../../contracts/json';
import { periodOf } from './period';

describe('periodOf', () => {
  it.each<[JsonValue, string, string]>([
    ['2024', '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    [2024, '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['2024-12', '2024-12-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-02-29 10:30', '2024-02-29T10:30:00.000Z', '2024-02-29T10:30:00.001Z'],
    ['2024-02-29T23:30:00-02:00', '2024-03-01T01:30:00.000Z', '2024-03-01T01:30:00.001Z'],
    ['2024-02-29T10:30:00.123456Z', '2024-02-29T10:30:00.123Z', '2024-02-29T10:30:00.124Z'],
  ])('takes %j for what it says', (value, start, end) => {
    expect(periodOf(value)).toEqual({ start, end });
  });

  it('knows no end of the last year', () => {
    expect(periodOf('9999')).toEqual({ start: '9999-01-01T00:00:00.000Z' });
  });

  it.each<JsonValue>([
    '',
    'yesterday',
    '2024-13',
    '2024-00-01',
    '2023-02-29',
    '2024-02-29T25:00',
    '0000-01-01',
    '9999-12-31T23:59:59-05:00',
    20240229,
    2024.5,
    true,
    ['2024'],
    {},
    null,
  ])('takes %j for no date', (value) => {
    expect(periodOf(value)).toBeUndefined();
  });
});
