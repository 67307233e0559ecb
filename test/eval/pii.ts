import { Detection, type Match } from '../../src/detection/detection.service';
import { PII_TRAPS, PII_VALUES } from './generated-values';
import { embed } from './generated-contexts';
import { type EvalOptions, itemMeasures, readJson, type Row, spanMeasures, timed } from './report';

interface PiiItem {
  full_text: string;
  spans: { entity_type: string; start_position: number; end_position: number }[];
}

interface Count {
  hits: number;
  misses: number;
  alarms: number;
}

/** Entity types of the set that have a structure, and the kind that stands for them here. */
const STRUCTURED: Readonly<Record<string, string>> = {
  EMAIL_ADDRESS: 'email',
  DOMAIN_NAME: 'url',
  IBAN_CODE: 'iban',
  CREDIT_CARD: 'credit_card',
  US_SSN: 'ssn',
  IP_ADDRESS: 'ip_address',
  PHONE_NUMBER: 'phone',
  US_DRIVER_LICENSE: 'drivers_license',
};

const detection = new Detection();
const find = (text: string): Match[] => detection.scan(text, { secrets: false, injection: false, set: 'relaxed' }).pii;

const around = (text: string, start: number, end: number): string =>
  JSON.stringify(text.slice(Math.max(0, start - 30), end + 15));

/** Spans overlap and are of one kind: that is a hit, as the set's own authors count. */
const countSpans = (
  items: readonly PiiItem[],
  results: readonly Match[][],
  verbose: boolean,
): ReadonlyMap<string, Count> => {
  const counts = new Map(
    Object.values(STRUCTURED).map((kind): [string, Count] => [kind, { hits: 0, misses: 0, alarms: 0 }]),
  );
  items.forEach(({ full_text, spans }, i) => {
    const found = results[i] ?? [];
    const wanted = spans.flatMap((span) => {
      const kind = STRUCTURED[span.entity_type];
      return kind === undefined ? [] : [{ kind, start: span.start_position, end: span.end_position }];
    });
    type Span = (typeof wanted)[number];
    const same = (a: Span, b: Span): boolean => a.kind === b.kind && a.start < b.end && b.start < a.end;
    for (const want of wanted) {
      const isHit = found.some((match) => same(match, want));
      const count = counts.get(want.kind);
      if (count) count[isHit ? 'hits' : 'misses']++;
      if (verbose && !isHit) console.log('miss', want.kind, around(full_text, want.start, want.end));
    }
    for (const match of found) {
      if (wanted.some((want) => same(match, want))) continue;
      const count = counts.get(match.kind);
      if (count) count.alarms++;
      if (verbose) console.log('alarm', match.kind, around(full_text, match.start, match.end));
    }
  });
  return counts;
};

const labelledRows = (data: string, { verbose }: EvalOptions): Row[] => {
  const items = readJson(data, 'pii/presidio-research__synth_dataset_v2.json') as PiiItem[] | undefined;
  if (!items) return [];
  const { results, timing } = timed(items, ({ full_text }) => find(full_text));
  const counts = countSpans(items, results, verbose);
  const sum = { hits: 0, misses: 0, alarms: 0 };
  for (const count of counts.values())
    for (const name of ['hits', 'misses', 'alarms'] as const) sum[name] += count[name];
  const row = (set: string, { hits, misses, alarms }: Count): Row => ({
    set,
    items: hits + misses,
    ...spanMeasures(hits, misses, alarms),
  });
  return [
    { ...row('PII, all structured (spans)', sum), timing, targets: [{ measure: 'f1', atLeast: 0.95 }] },
    ...[...counts].map(([kind, count]): Row => ({
      ...row(`  ${kind}`, count),
      ...(kind === 'phone' && { targets: [{ measure: 'f1', atLeast: 0.8 }] }),
    })),
  ];
};

/** Values of our own making where data usually stands: in JSON, logs, code. The kind must be right, and the whole value covered. */
const generatedRows = ({ verbose }: EvalOptions): Row[] => {
  const bad = embed(PII_VALUES);
  const good = embed(PII_TRAPS);
  const { results, timing } = timed(bad, ({ text }) => find(text));
  const isFound = bad.map(({ kind, start, end }, i) =>
    (results[i] ?? []).some((match) => match.kind === kind && match.start <= start && match.end >= end),
  );
  const alarms = good.map(({ text, start, end }) => find(text).find((match) => match.start < end && start < match.end));
  if (verbose) {
    bad.forEach(({ text, kind }, i) => isFound[i] !== true && console.log('miss', kind, JSON.stringify(text)));
    good.forEach(({ text }, i) => alarms[i] && console.log('alarm', alarms[i].kind, JSON.stringify(text)));
  }
  return [
    {
      set: 'PII embedded in data and code (generated)',
      items: bad.length + good.length,
      timing,
      ...itemMeasures(
        isFound,
        alarms.map((alarm) => alarm !== undefined),
      ),
    },
    ...[...new Set(bad.map(({ kind }) => kind))].map((kind): Row => {
      const own = isFound.filter((_, i) => bad[i]?.kind === kind);
      return { set: `  ${kind}`, items: own.length, recall: own.filter(Boolean).length / own.length };
    }),
  ];
};

export const piiRows = (data: string, options: EvalOptions): Row[] => [
  ...labelledRows(data, options),
  ...generatedRows(options),
];
