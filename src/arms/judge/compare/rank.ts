import type { ComparedPair, Comparison } from '../../../contracts/outcome';

interface Standing {
  proposal: number;
  score: number;
  /** Confidence of the pairs won less that of the pairs lost: tells apart who won equally often. */
  margin: number;
}

const standingOf = (proposal: number, pairs: readonly ComparedPair[]): Standing => {
  const own = pairs.filter(({ first, second }) => first === proposal || second === proposal);
  const points = own.map(({ winner }) => (winner === null ? 0.5 : Number(winner === proposal)));
  const margins = own.map(({ winner, confidence }) =>
    winner === null ? 0 : winner === proposal ? confidence : -confidence,
  );
  return { proposal, score: sum(points) / Math.max(1, own.length), margin: sum(margins) };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const isLevel = (one: Standing, other: Standing): boolean =>
  one.score === other.score && Math.abs(one.margin - other.margin) < 1e-9;

/** Copeland's method over all pairs of `count` proposals. */
export const rank = (count: number, pairs: readonly ComparedPair[]): Comparison => {
  const standings = Array.from({ length: count }, (_, proposal) => standingOf(proposal, pairs)).sort(
    (one, other) => other.score - one.score || (isLevel(one, other) ? 0 : other.margin - one.margin),
  );
  const ranks: number[] = [];
  standings.forEach((standing, at) => {
    const before = standings[at - 1];
    ranks.push(before !== undefined && isLevel(before, standing) ? (ranks[at - 1] ?? 1) : at + 1);
  });
  const [best, next] = standings;
  return {
    winner: best === undefined || (next !== undefined && isLevel(best, next)) ? null : best.proposal,
    ranking: standings.map(({ proposal, score }, at) => ({ proposal, rank: ranks[at] ?? at + 1, score })),
    pairs: [...pairs],
    method: 'copeland',
  };
};
