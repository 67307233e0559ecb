import type { PeersResult } from './beside-peers';
import type { ProcessRow } from './process';
import type { FamilyResult, ReflexResult } from './reflex';

export interface ReflexResults {
  reflex: ReflexResult;
  peers: PeersResult;
  process: ProcessRow[];
}

const TARGETS = { p50At1: 0.2, p99At1: 1, p50At10: 1.5, growth: 12, processP99: 5 };
const WORST_SHOWN = 12;
const LONGEST_NAME = 36;

const fixed = (value: number, digits = 2): string => value.toFixed(digits);
const atMost = (value: number, limit: number, unit: string): string =>
  `${value <= limit ? 'met' : 'NOT met'}: ${fixed(value)}${unit}, target ≤ ${limit}${unit}`;
const named = (family: string): string => JSON.stringify(family).slice(0, LONGEST_NAME);

/** How far a family is from its targets: 1 is exactly there. */
const strain = ({ p50At1, p99At1, p50At10, growth }: FamilyResult): number =>
  Math.max(p50At1 / TARGETS.p50At1, p99At1 / TARGETS.p99At1, p50At10 / TARGETS.p50At10, growth / TARGETS.growth);

/** The worst of the hostile families under one target, and how many miss it. */
const worstOf = (families: readonly FamilyResult[], by: keyof Omit<FamilyResult, 'family'>, limit: number): string => {
  const [worst] = families.toSorted((a, b) => b[by] - a[by]);
  const missing = families.filter((family) => family[by] > limit).length;
  return `${missing === 0 ? 'met' : 'NOT met'}: worst ${fixed(worst?.[by] ?? NaN)} (${named(worst?.family ?? '')}), ${missing} of ${families.length} families above ${limit}`;
};

const judgePeers = ({ rows }: PeersResult): string => {
  const ours = rows.find(({ isOurs }) => isOurs);
  const others = rows.filter(({ isOurs }) => !isOurs);
  if (ours === undefined || others.length === 0) return 'not measured: no peers';
  const slower = others.filter(({ recall, timeRatio }) => recall * 2 >= ours.recall && timeRatio <= 1);
  const better = others.filter(({ recall }) => recall >= ours.recall);
  const names = (peers: typeof others): string => peers.map(({ name }) => name).join(', ') || 'none';
  return `${slower.length + better.length === 0 ? 'met' : 'NOT met'}: faster with half our recall: ${names(slower)}; of our recall or more: ${names(better)}`;
};

/** The verdict on every target of the reflex. Reported, met or not; nothing fails on them. */
export const judgeReflex = ({ reflex, peers, process }: ReflexResults): Record<string, string> => {
  const [at1, at10] = reflex.prose;
  const { hostile, fuzz } = reflex;
  return {
    'reflex, 1 KB of prose, p50': atMost(at1?.p50 ?? NaN, TARGETS.p50At1, ' ms'),
    'reflex, 1 KB of prose, p99': atMost(at1?.p99 ?? NaN, TARGETS.p99At1, ' ms'),
    'reflex, 10 KB of prose, p50': atMost(at10?.p50 ?? NaN, TARGETS.p50At10, ' ms'),
    'reflex, prose, time for ten times the text': atMost(reflex.growth, TARGETS.growth, '×'),
    'reflex, 1 KB hostile, p50 ms': worstOf(hostile, 'p50At1', TARGETS.p50At1),
    'reflex, 1 KB hostile, p99 ms': worstOf(hostile, 'p99At1', TARGETS.p99At1),
    'reflex, 10 KB hostile, p50 ms': worstOf(hostile, 'p50At10', TARGETS.p50At10),
    'reflex, hostile, time for ten times the text': worstOf(hostile, 'growth', TARGETS.growth),
    [`reflex, ${fuzz.strings} hostile strings by chance`]: `${atMost(fuzz.worst.growth, TARGETS.growth, '×')} (${named(fuzz.worst.family)})`,
    'personal data beside npm peers': judgePeers(peers),
    ...Object.fromEntries(
      process.map(({ load, process: { p99 } }) => [
        `POST /process, 32 connections, ${load}, p99`,
        atMost(p99, TARGETS.processP99, ' ms'),
      ]),
    ),
  };
};

const withFixed = (row: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? Number(fixed(value, 3)) : value]),
  );

const toRow = ({ load, process, bareRoute, p99Ratio }: ProcessRow): Record<string, unknown> => ({
  load,
  ...withFixed({
    perSecond: process.perSecond,
    'p50 ms': process.p50,
    'p99 ms': process.p99,
    'bare perSecond': bareRoute.perSecond,
    'bare p50 ms': bareRoute.p50,
    'bare p99 ms': bareRoute.p99,
    'p99 ratio': p99Ratio,
  }),
});

export const showReflex = ({ reflex, peers, process }: ReflexResults): void => {
  console.table(reflex.prose.map(withFixed));
  console.log(
    `Hostile text: the ${WORST_SHOWN} of ${reflex.hostile.length} families nearest to or furthest past a target`,
  );
  const worst = reflex.hostile.toSorted((a, b) => strain(b) - strain(a)).slice(0, WORST_SHOWN);
  console.table(worst.map((row) => ({ ...withFixed(row), family: named(row.family) })));
  console.log(`Labelled texts: ${peers.set}, ${peers.items} items`);
  console.table(peers.rows.map(withFixed));
  console.log('POST /process over 32 connections, and a bare Fastify route under the same load');
  console.table(process.map(toRow));
};
