import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Shares from 0 to 1. A row has those that say something of its set. */
export interface Measures {
  /** Of what should be found, the share that was. */
  recall?: number;
  /** Of what should not be flagged, the share that was; of spans, the share of all found ones that are wrong. */
  falsePositives?: number;
  f1?: number;
  /** Mean of the shares judged right in both halves. */
  balanced?: number;
  /** Share of the verdicts that agree with the label. */
  agreement?: number;
}

interface Target {
  measure: keyof Measures;
  /** Bounds are inclusive. */
  atLeast?: number;
  atMost?: number;
}

/** Time per item in microseconds. */
export interface Timing {
  p50: number;
  mean: number;
}

export interface Row extends Measures {
  set: string;
  items: number;
  timing?: Timing;
  targets?: readonly Target[];
}

export interface EvalOptions {
  /** Prints every miss and every false alarm. */
  verbose: boolean;
}

/** The text of a file of the data folder, unpacked; says so and gives nothing when there is none. */
const read = (data: string, file: string): string | undefined => {
  const path = join(data, file);
  if (!existsSync(path)) {
    console.log(`missing: ${path} (its rows are left out)`);
    return undefined;
  }
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

export const readText = read;

export const readJson = (data: string, file: string): unknown => {
  const text = read(data, file);
  return text === undefined ? undefined : JSON.parse(text);
};

export const readLines = (data: string, file: string): unknown[] | undefined =>
  read(data, file)
    ?.split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));

const WARM_UP = 50;

export const timed = <T, R>(items: readonly T[], work: (item: T) => R): { results: R[]; timing: Timing } => {
  items.slice(0, WARM_UP).forEach((item) => work(item));
  const times: number[] = [];
  const results = items.map((item) => {
    const begin = performance.now();
    const result = work(item);
    times.push((performance.now() - begin) * 1000);
    return result;
  });
  const mean = times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length);
  return { results, timing: { p50: times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0, mean } };
};

export const shareOf = <T>(items: readonly T[], holds: (item: T, index: number) => boolean): number =>
  items.filter(holds).length / Math.max(1, items.length);

/** Of spans: `alarms` are found ones that are not labelled. */
export const spanMeasures = (hits: number, misses: number, alarms: number): Measures => ({
  recall: hits / Math.max(1, hits + misses),
  falsePositives: alarms / Math.max(1, hits + alarms),
  f1: (2 * hits) / Math.max(1, 2 * hits + misses + alarms),
});

/** Of whole items that are flagged or not, from the verdicts on either half. */
export const itemMeasures = (bad: readonly boolean[], good: readonly boolean[]): Measures => {
  const [recall, falsePositives] = [shareOf(bad, Boolean), shareOf(good, Boolean)];
  const [hits, alarms] = [bad.filter(Boolean).length, good.filter(Boolean).length];
  return {
    recall,
    falsePositives,
    f1: (2 * hits) / Math.max(1, 2 * hits + (bad.length - hits) + alarms),
    balanced: (recall + 1 - falsePositives) / 2,
  };
};

export const isMet = (row: Row, { measure, atLeast = 0, atMost = 1 }: Target): boolean => {
  const value = row[measure];
  return value !== undefined && value >= atLeast && value <= atMost;
};

const NAMES: Readonly<Record<keyof Measures, string>> = {
  recall: 'recall',
  falsePositives: 'FP',
  f1: 'F1',
  balanced: 'balanced',
  agreement: 'agreement',
};
const wording = ({ measure, atLeast, atMost }: Target): string =>
  `${NAMES[measure]} ${atLeast === undefined ? `<= ${atMost ?? 1}` : `>= ${atLeast}`}`;

const decimals = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? '';

const HEADER = [
  'set',
  'items',
  'recall',
  'false pos.',
  'F1',
  'balanced',
  'agreement',
  'µs p50',
  'µs mean',
  'target',
  '',
];

const cellsOf = (row: Row): string[] => {
  const targets = row.targets ?? [];
  return [
    row.set,
    String(row.items),
    ...[row.recall, row.falsePositives, row.f1, row.balanced, row.agreement].map((value) => decimals(value, 3)),
    decimals(row.timing?.p50, 0),
    decimals(row.timing?.mean, 0),
    targets.map(wording).join(', '),
    targets.length === 0 ? '' : targets.every((target) => isMet(row, target)) ? 'met' : 'NOT met',
  ];
};

export const printRows = (rows: readonly Row[]): void => {
  const table = [HEADER, ...rows.map(cellsOf)];
  const widths = HEADER.map((_, i) => Math.max(...table.map((cells) => (cells[i] ?? '').length)));
  for (const cells of table)
    console.log(
      cells
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
};
