import { Detection } from '../../src/detection/detection.service';
import { SECRET_TRAPS, SECRET_VALUES } from './generated-values';
import { embed } from './generated-contexts';
import { type EvalOptions, itemMeasures, readLines, type Row, timed } from './report';

interface SecretItem {
  rule: string;
  case: string;
  label: 0 | 1;
  text: string;
  /** The label depends on a setting of the tool the set comes from, e.g. a list of allowed values. */
  has_options: boolean;
}

const detection = new Detection();
const find = (text: string): { start: number; end: number; detector: string }[] =>
  detection.scan(text, { pii: false, injection: false, set: 'relaxed' }).secrets;

const labelledRows = (data: string, { verbose }: EvalOptions): Row[] => {
  const items = readLines(data, 'secrets/secretlint_snapshots.jsonl.gz') as SecretItem[] | undefined;
  if (!items) return [];
  const { results, timing } = timed(items, ({ text }) => find(text).length > 0);
  const half = (label: 0 | 1, keep: (item: SecretItem) => boolean): boolean[] =>
    items.flatMap((item, i) => (item.label === label && keep(item) ? [results[i] === true] : []));
  const row = (set: string, keep: (item: SecretItem) => boolean): Row => {
    const [bad, good] = [half(1, keep), half(0, keep)];
    return { set, items: bad.length + good.length, ...itemMeasures(bad, good) };
  };
  if (verbose)
    items.forEach(
      (item, i) =>
        results[i] !== (item.label === 1) &&
        console.log(item.label === 1 ? 'miss' : 'alarm', item.rule, item.case, item.has_options),
    );
  return [
    {
      ...row('secrets', () => true),
      timing,
      targets: [
        { measure: 'recall', atLeast: 0.95 },
        { measure: 'falsePositives', atMost: 0.05 },
      ],
    },
    row('  label not set by an option', (item) => !item.has_options),
  ];
};

const generatedRows = ({ verbose }: EvalOptions): Row[] => {
  const bad = embed(SECRET_VALUES);
  const good = embed(SECRET_TRAPS);
  const { results, timing } = timed(bad, ({ text, start, end }) =>
    find(text).some((match) => match.start < end && start < match.end),
  );
  const alarms = good.map(({ text }) => find(text)[0]);
  if (verbose) {
    bad.forEach(({ text, kind }, i) => results[i] !== true && console.log('miss', kind, JSON.stringify(text)));
    good.forEach(({ text }, i) => alarms[i] && console.log('alarm', alarms[i].detector, JSON.stringify(text)));
  }
  return [
    {
      set: 'secrets embedded in data and code (generated)',
      items: bad.length + good.length,
      timing,
      ...itemMeasures(
        results,
        alarms.map((alarm) => alarm !== undefined),
      ),
    },
  ];
};

export const secretRows = (data: string, options: EvalOptions): Row[] => [
  ...labelledRows(data, options),
  ...generatedRows(options),
];
