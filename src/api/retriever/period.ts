import type { JsonValue } from '../../contracts/json';

/** What a date names: `2024-01` is the whole month. Moments are ISO 8601 in UTC. */
export interface Period {
  start: string;
  /** The first moment after it; absent for the last that four digits of a year can tell. */
  end?: string;
}

const ISO = /^([1-9]\d{3})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-][01]\d:[0-5]\d)?)?)?)?$/;

/** The year, month, day or moment that a text (or a number, for a year) names, in UTC unless it says otherwise. */
export const periodOf = (value: JsonValue): Period | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, year, month, day, time, zone = 'Z'] = ISO.exec(String(value)) ?? [];
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  // Dates roll over: 30 February would be 1 March.
  if (new Date(Date.UTC(y, m - 1, d)).getUTCMonth() !== m - 1) return undefined;
  const start = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T${time ?? '00:00'}${zone}`);
  const next = (): number => {
    if (time !== undefined) return start + 1;
    if (day !== undefined) return Date.UTC(y, m - 1, d + 1);
    return month === undefined ? Date.UTC(y + 1, 0) : Date.UTC(y, m);
  };
  const [first, end] = [written(start), written(next())];
  return first === undefined ? undefined : { start: first, ...(end !== undefined && { end }) };
};

const written = (moment: number): string | undefined => {
  if (Number.isNaN(moment)) return undefined;
  const text = new Date(moment).toISOString();
  return text.startsWith('+') ? undefined : text;
};
