import type { JsonObject } from '../../contracts/json';
import { toFilters } from './filters.mapper';

const faultOf = (filters: JsonObject): unknown => {
  try {
    return toFilters(filters);
  } catch (error) {
    return error;
  }
};

describe('toFilters', () => {
  it('takes a value as equal to, and a list as any of', () => {
    expect(toFilters({ severity: 'high', tags: ['a', 2, true], date: '2024-01-01' })).toEqual([
      { kind: 'anyOf', field: 'severity', values: ['high'] },
      { kind: 'anyOf', field: 'tags', values: ['a', 2, true] },
      { kind: 'anyOf', field: 'date', values: ['2024-01-01'] },
    ]);
  });

  it('reads when: after and from include the moment, before does not, to includes the whole day', () => {
    const fields = ['date', 'last_updated'];
    expect(
      toFilters({ date_from: '2024-01-01', date_to: '2024-01-31', published_after: '2024', date_before: '2025-01-01' }),
    ).toEqual([
      { kind: 'during', fields, otherwise: 'created', from: '2024-01-01T00:00:00.000Z' },
      { kind: 'during', fields, otherwise: 'created', until: '2024-02-01T00:00:00.000Z' },
      {
        kind: 'during',
        fields: ['published', 'published_date', 'published_at'],
        from: '2024-01-01T00:00:00.000Z',
      },
      { kind: 'during', fields, otherwise: 'created', until: '2025-01-01T00:00:00.000Z' },
    ]);
  });

  it.each([
    ['created_after', 'created'],
    ['updated_before', 'updated'],
    ['last_updated_after', 'updated'],
  ])('falls back to what is known here for %s', (name, otherwise) => {
    expect(toFilters({ [name]: '2024' })).toMatchObject([{ otherwise }]);
  });

  it('demands nothing for null, an empty list and no filters', () => {
    expect(toFilters({ severity: null, tags: [] })).toEqual([]);
    expect(toFilters(null)).toEqual([]);
  });

  it('knows no names that objects have by themselves', () => {
    expect(toFilters({ constructor: 'x', constructor_after: '2024' })).toMatchObject([
      { field: 'constructor' },
      { fields: ['constructor', 'constructor_date', 'constructor_at'] },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    ['an object', { date: { gte: '2024' } }, 'filters.date'],
    ['a list of lists', { tags: [['a']] }, 'filters.tags'],
    ['what is no date', { date_from: 'soon' }, 'filters.date_from'],
    ['a list of dates', { published_after: ['2024'] }, 'filters.published_after'],
    ['too many values', { tags: Array.from({ length: 101 }, String) }, 'filters.tags'],
    ['too many filters', Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`f${at}`, 1])), 'filters'],
    ['a name of nothing', { ' ': 1 }, 'filters'],
  ])('refuses %s and names it', (_case, filters, field) => {
    expect(faultOf(filters)).toMatchObject({ kind: 'user', code: 'validation_error', details: { field } });
  });
});
