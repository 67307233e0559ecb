/** ISO 8601 from a year down to fractions of a second; a zone at the end of a time. */
const ISO =
  '^(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d(?:\\.\\d{1,9})?))?(?:Z|([+-][01]\\d:[0-5]\\d))?)?)?)?$';

/**
 * The moment that field `name` of the metadata tells, in UTC, or null. Added up from its parts, because a cast of what users
 * wrote (`2024-02-30`) would fail the whole search, and only PostgreSQL 16 can ask beforehand.
 */
const MOMENT = `
  SELECT timestamp '0001-01-01' + make_interval(
    m[1]::int - 1, COALESCE(m[2], '1')::int - 1, 0, COALESCE(m[3], '1')::int - 1,
    COALESCE(m[4], '0')::int, COALESCE(m[5], '0')::int, COALESCE(m[6], '0')::float8
  ) - COALESCE(m[7], '00:00')::interval
  FROM regexp_match(d.metadata ->> name, '${ISO}') AS m`;

/** What is added to a list becomes an entry of it, so that one value and a list of them are looked at in the same way. */
const ANY_OF = `
  SELECT FROM
    jsonb_array_elements(
      CASE filter ->> 'field' WHEN 'source' THEN jsonb_build_array(d.source) ELSE '[]' END
      || COALESCE(d.metadata -> (filter ->> 'field'), '[]')
    ) AS given,
    jsonb_array_elements(filter -> 'values') AS wanted
  WHERE given = wanted OR lower(given::text) = lower(wanted::text)`;

const bound = (name: string): string => `(filter ->> '${name}')::timestamptz AT TIME ZONE 'UTC'`;

const DURING = `
  SELECT COALESCE(moment >= ${bound('from')}, true) AND COALESCE(moment < ${bound('until')}, true)
  FROM (SELECT COALESCE(
    (SELECT told FROM jsonb_array_elements_text(filter -> 'fields') WITH ORDINALITY AS f (name, place), LATERAL (${MOMENT}) AS t (told)
     WHERE told IS NOT NULL ORDER BY place LIMIT 1),
    CASE filter ->> 'otherwise' WHEN 'created' THEN d.created_at WHEN 'updated' THEN d.updated_at END AT TIME ZONE 'UTC'
  ) AS moment) AS found
  WHERE moment IS NOT NULL`;

/**
 * SQL: whether row `d` of `documents` meets every `DocumentFilter` of a parameter that is a JSON list. The text is the same
 * whatever is asked for, so that it is prepared once.
 */
export const meetsFilters = (parameter: string): string => `NOT EXISTS (
  SELECT FROM jsonb_array_elements(${parameter}::jsonb) AS filter
  WHERE NOT CASE filter ->> 'kind' WHEN 'anyOf' THEN EXISTS (${ANY_OF}) ELSE COALESCE((${DURING}), false) END)`;
