import { LinearPattern } from '../../src/common/linear-regexp';
import { newAllowance, OwnPatterns } from '../../src/guardrails/own-patterns';
import { type EvalOptions, readLines, type Row, shareOf } from './report';

/** A pattern, and texts that make a backtracking engine take for ever. */
interface RedosItem {
  id: number;
  regex: string;
  attacks: { prefix: string; infix: string; suffix: string }[];
}

/** Nothing may keep the process from its other work for longer. */
const LIMIT_MS = 100;
/** As much as a request may hold, and what a field of one usually holds at most. */
const LENGTHS = [1_000_000, 50_000];
/** Texts for every pattern, besides its own attacks. */
const GENERAL = [
  { prefix: '', infix: 'a', suffix: '!' },
  { prefix: '', infix: 'word 12 ', suffix: '\n' },
  { prefix: '', infix: ' \t', suffix: 'x' },
];
/** Attacks on one pattern that differ in little. */
const MOST_ATTACKS = 4;

interface Measured {
  id: number;
  refusal?: string;
  times: number[];
  /** Searches that were broken off. */
  broken: number;
}

const textsFor = ({ attacks }: RedosItem): string[] =>
  [...attacks.slice(0, MOST_ATTACKS), ...GENERAL].flatMap(({ prefix, infix, suffix }) =>
    LENGTHS.map((length) => prefix + infix.repeat(Math.ceil(length / Math.max(1, infix.length))) + suffix),
  );

const millisecondsOf = (work: () => void): number => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};

/** A second look at what took too long: the machine may have had something else to do. */
const fairly = (work: () => void): number => {
  const time = millisecondsOf(work);
  return time > LIMIT_MS ? Math.min(time, millisecondsOf(work)) : time;
};

/** Searches a text and says whether it came to the end of it. */
type Search = (text: string) => boolean;

const WAYS: Readonly<Record<string, (regex: string) => Search>> = {
  'own patterns': (regex) => {
    const pattern = LinearPattern.compile(regex);
    const own = { id: 'own', type: 'policy_violation', severity: 'low', placeholder: '[X]' } as const;
    const patterns = new OwnPatterns([{ ...own, pattern }]);
    return (text) => !patterns.search(text, newAllowance()).some(({ match }) => match.kind === 'unsearched');
  },
};

const measure = (item: RedosItem, prepare: (regex: string) => Search): Measured => {
  const { id, regex } = item;
  let search: Search | undefined;
  let refusal: string | undefined;
  const compiling = fairly(() => {
    try {
      search = prepare(regex);
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  });
  if (refusal !== undefined) return { id, refusal, times: [compiling], broken: 0 };
  let broken = 0;
  const times = textsFor(item).map((text) => {
    const ends: boolean[] = [];
    const time = fairly(() => ends.push(search?.(text) ?? false));
    if (!ends.includes(true)) broken += 1;
    return time;
  });
  return { id, times: [compiling, ...times], broken };
};

/** `recall` is the share of patterns that are taken, `falsePositives` the share of all searches and compilations over the limit. */
export const redosRows = (data: string, { verbose }: EvalOptions): Row[] => {
  const items = readLines(data, 'redos/redoshunter_js_dev.jsonl') as RedosItem[] | undefined;
  if (!items) return [];
  return Object.entries(WAYS).map(([name, prepare]): Row => {
    const measured = items.map((item) => measure(item, prepare));
    const times = measured.flatMap((one) => one.times).toSorted((a, b) => a - b);
    const refused = measured.filter(({ refusal }) => refusal !== undefined);
    if (verbose) {
      for (const { id, refusal } of refused) console.log('refused', id, refusal);
      for (const { id, times: own } of measured)
        if (Math.max(...own) > LIMIT_MS) console.log('slow', id, Math.max(...own));
    }
    const worst = (times.at(-1) ?? 0).toFixed(0);
    const broken = measured.reduce((sum, one) => sum + one.broken, 0);
    return {
      set: `ReDoS: ${name} (${refused.length} refused, ${broken} of ${times.length} runs broken off, worst ${worst} ms)`,
      items: items.length,
      recall: 1 - refused.length / Math.max(1, items.length),
      falsePositives: shareOf(times, (time) => time > LIMIT_MS),
      timing: {
        p50: (times[times.length >> 1] ?? 0) * 1000,
        mean: (times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length)) * 1000,
      },
      targets: [{ measure: 'falsePositives', atMost: 0 }],
    };
  });
};
