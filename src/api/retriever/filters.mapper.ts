import { UserError } from '../../common/errors';
import type { DocumentFilter } from '../../contracts/direct';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { echoValue } from '../http/echo';
import { type Period, periodOf } from './period';

const MAX_FILTERS = 20;
const MAX_NAME = 100;
const MAX_VALUES = 100;

/** Fields that tell when, for the names that mean more than their own. */
const WHEN: Readonly<Partial<Record<string, Pick<During, 'fields' | 'otherwise'>>>> = {
  date: { fields: ['date', 'last_updated'], otherwise: 'created' },
  created: { fields: ['created', 'created_at'], otherwise: 'created' },
  updated: { fields: ['updated', 'updated_at', 'last_updated'], otherwise: 'updated' },
  last_updated: { fields: ['last_updated', 'updated_at', 'updated'], otherwise: 'updated' },
};
type During = Omit<Extract<DocumentFilter, { kind: 'during' }>, 'kind'>;

/** What each ending makes of the period a text names; a day without a time is the whole day. */
const BOUNDS: Readonly<Partial<Record<string, (period: Period) => Pick<During, 'from' | 'until'>>>> = {
  after: ({ start }) => ({ from: start }),
  before: ({ start }) => ({ until: start }),
  from: ({ start }) => ({ from: start }),
  to: ({ end }) => (end === undefined ? {} : { until: end }),
};

/** `filters` of a request as demands. Throws `UserError` `validation_error` that names the filter. */
export const toFilters = (given: JsonObject | null | undefined): DocumentFilter[] => {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length > MAX_FILTERS) throw invalid('filters', `must have at most ${MAX_FILTERS} entries`, null);
  return entries.flatMap(([name, value]) => toFilter(name, value as JsonValue));
};

const toFilter = (name: string, value: JsonValue): DocumentFilter[] => {
  const path = `filters.${name}`;
  if (name.trim() === '' || name.length > MAX_NAME) {
    throw invalid('filters', `must have names of 1 to ${MAX_NAME} characters`, null);
  }
  const [, field = '', ending = ''] = /^(?:(.+)_(after|before)|(date)_(from|to))$/.exec(name)?.filter(Boolean) ?? [];
  const bounds = BOUNDS[ending];
  if (bounds !== undefined) {
    const period = periodOf(value);
    if (period === undefined) throw invalid(path, 'must be an ISO 8601 date or time, e.g. 2024-01-31', value);
    return [{ kind: 'during', ...whenOf(field), ...bounds(period) }];
  }
  const values = Array.isArray(value) ? value : [value];
  if (values.length > MAX_VALUES) throw invalid(path, `must have at most ${MAX_VALUES} values`, value);
  if (!values.every(isScalar)) throw invalid(path, 'must be a string, number or boolean, or a list of them', value);
  return values.length === 0 ? [] : [{ kind: 'anyOf', field: name, values }];
};

const whenOf = (field: string): Pick<During, 'fields' | 'otherwise'> =>
  (Object.hasOwn(WHEN, field) ? WHEN[field] : undefined) ?? { fields: [field, `${field}_date`, `${field}_at`] };

const isScalar = (value: JsonValue): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

const invalid = (field: string, fault: string, provided: JsonValue): UserError =>
  new UserError('validation_error', `${field} ${fault}.`, {
    details: { field, constraint: fault, provided: echoValue(provided, field) },
  });
