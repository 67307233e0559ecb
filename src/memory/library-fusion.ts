/** One way of searching: what it found, best first, and how much its opinion counts. */
export interface Ranking {
  weight: number;
  hits: { key: string; score: number }[];
}

/** How slowly a rank loses its say; 60 is the value of the method's authors. */
const K = 60;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): a key earns weight / (60 + rank) from every ranking it stands in.
 * That gives the order. The sums themselves end at .03 and say nothing about how good a hit is, so the score is the best that
 * any ranking gave, raised where needed to that of the hits behind it.
 */
export const fuse = (rankings: readonly Ranking[]): { key: string; score: number }[] => {
  const found = new Map<string, { key: string; earned: number; score: number }>();
  for (const { weight, hits } of rankings) {
    hits.forEach(({ key, score }, index) => {
      const entry = found.get(key) ?? { key, earned: 0, score: 0 };
      entry.earned += weight / (K + index + 1);
      entry.score = Math.max(entry.score, score);
      found.set(key, entry);
    });
  }
  let floor = 0;
  return [...found.values()]
    .sort((a, b) => b.earned - a.earned)
    .reverse()
    .map(({ key, score }) => ({ key, score: (floor = Math.max(floor, score)) }))
    .reverse();
};
