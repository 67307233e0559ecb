import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parseDocument } from 'yaml';
import { assessLine } from '../../src/arms/executor/risk/assess';
import { type EvalOptions, itemMeasures, type Row, timed } from './report';

interface Case {
  file: string;
  command: string;
  /** Undefined when the set does not say. */
  isDestructive: boolean | undefined;
}

const FOLDER = 'sandbox';

const expected = (value: unknown): boolean | undefined =>
  value === 'deny' ? true : value === 'allow' ? false : undefined;

/** `[[case]]` tables with `command` and `expected`. */
const fromToml = (file: string, text: string): Case[] => {
  const { case: cases = [] } = parseToml(text) as unknown as {
    case?: { command?: string; expected?: string; expected_decision?: string }[];
  };
  return cases.map(({ command = '', expected: label, expected_decision: decision }) => ({
    file,
    command,
    // What is no command at all says nothing of commands.
    isDestructive: command === '' && label === undefined ? undefined : expected(label ?? decision),
  }));
};

/** Lists of `{command}` by the name of a family; the file's own name says what they are. Faulty quoting of single rows is borne. */
const fromYaml = (file: string, text: string): Case[] =>
  Object.values(parseDocument(text, { logLevel: 'silent' }).toJS() as Record<string, { command: string }[]>)
    .flat()
    .map(({ command }) => ({ file, command, isDestructive: file.includes('destructive_commands') }));

const casesIn = (data: string): Case[] => {
  const folder = join(data, FOLDER);
  if (!existsSync(folder)) {
    console.log(`missing: ${folder} (its rows are left out)`);
    return [];
  }
  return readdirSync(folder)
    .toSorted()
    .flatMap((file) => {
      const text = (): string => readFileSync(join(folder, file), 'utf8');
      if (file.endsWith('.toml')) return fromToml(file, text());
      return file.endsWith('.yaml') ? fromYaml(file, text()) : [];
    });
};

/** Destructive is what the sets deny. */
export const commandRiskRows = (data: string, { verbose }: EvalOptions): Row[] => {
  const all = casesIn(data);
  const cases = all.filter(({ isDestructive }) => isDestructive !== undefined);
  if (all.length > cases.length) console.log(`${all.length - cases.length} commands without a label are left out`);
  if (cases.length === 0) return [];
  const { results, timing } = timed(cases, ({ command }) => assessLine(command));
  const isFlagged = results.map(({ risk }) => risk === 'destructive');
  if (verbose)
    cases.forEach(
      ({ file, command, isDestructive }, i) =>
        isFlagged[i] !== isDestructive &&
        console.log(
          isDestructive === true ? 'miss' : 'alarm',
          file,
          results[i]?.risk,
          JSON.stringify(command),
          results[i]?.reasons.join(' '),
        ),
    );
  const row = (set: string, keep: (each: Case) => boolean): Row => {
    const half = (wanted: boolean): boolean[] =>
      isFlagged.filter((_, i) => cases[i]?.isDestructive === wanted && keep(cases[i]));
    const [bad, good] = [half(true), half(false)];
    const right = bad.filter(Boolean).length + good.filter((flag) => !flag).length;
    const { recall, falsePositives, ...both } = itemMeasures(bad, good);
    const items = bad.length + good.length;
    return {
      set,
      items,
      agreement: right / Math.max(1, items),
      ...(bad.length > 0 && { recall: recall ?? 0 }),
      ...(good.length > 0 && { falsePositives: falsePositives ?? 0 }),
      ...(bad.length > 0 && good.length > 0 && both),
    };
  };
  const files = [...new Set(cases.map(({ file }) => file))];
  return [
    { ...row('sandbox: command risk', () => true), timing, targets: [{ measure: 'agreement', atLeast: 0.95 }] },
    ...files.map((file) => row(`  ${file.replace(/^.*__|\.\w+$/g, '')}`, (each) => each.file === file)),
  ];
};
