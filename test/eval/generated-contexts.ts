import type { GeneratedValue } from './generated-values';

interface Embedded {
  kind: string;
  text: string;
  /** UTF-16 code units of the value as it stands in the text, which may be escaped. */
  start: number;
  end: number;
}

const asIs = (value: string): string => value;
const escaped = (value: string): string => JSON.stringify(value).slice(1, -1);
const oneLine = (value: string): string => value.replaceAll('\n', '\\n');

/** Where a value usually stands, the value in place of `%`, and how such a place writes it. None says what the value is. */
const CONTEXTS: readonly (readonly [template: string, write: (value: string) => string])[] = [
  ['{"id": 17, "attributes": {"field": "%", "active": true}, "tags": ["a", "b"]}', escaped],
  [String.raw`{"level":"info","message":"received {\"field\":\"%\"}"}`, (value) => escaped(escaped(value))],
  ['id,name,field,created\n17,Row seventeen,%,2024-05-04\n18,Row eighteen,,2024-05-05', oneLine],
  ['2024-05-04T10:11:12Z INFO [worker-3] handled field=% in 31 ms', oneLine],
  ["export const settings = {\n  retries: 3,\n  field: '%',\n};", oneLine],
  ['def load():\n    field = "%"\n    return field', oneLine],
  ['service:\n  name: web\n  field: %\n  replicas: 2', oneLine],
  ['FIELD=%\nNODE_ENV=production', oneLine],
  ['<row><id>17</id><field>%</field></row>', asIs],
  ["INSERT INTO rows (id, field) VALUES (17, '%');", oneLine],
  ['| id | field |\n|---|---|\n| 17 | % |', oneLine],
  ['run --field "%" --verbose', oneLine],
  ['Hello, here is what you asked for: %. Let me know when it works!', asIs],
  ['(%)', asIs],
];

/** Every value in every context. */
export const embed = (values: readonly GeneratedValue[]): Embedded[] =>
  values.flatMap(({ kind, value }) =>
    CONTEXTS.map(([template, write]) => {
      const start = template.indexOf('%');
      const written = write(value);
      return { kind, text: template.replace('%', () => written), start, end: start + written.length };
    }),
  );
