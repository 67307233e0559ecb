/** One way of searching: what it found, best first, and how much its opinion counts. */
export interface Ranking {
  weight: number;
  hits: { key: string; score: number }[];
}

/** How slowly a rank loses its say; 60 is the value of the method's authors. */
const K = 60;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): a key earns weight / (60 + rank) from every ranking it stands in,
 * and of equals the one with the better score comes first. That gives the order. The sums themselves end at .03 and say nothing
 * about how good a hit is, so the score is the best that the weightiest of its rankings gave. It is the hit's own and not
 * levelled with its neighbours': one common word in a document must not borrow the certainty of the hits behind it.
 */
export const fuse = (rankings: readonly Ranking[]): { key: string; score: number }[] => {
  const found = new Map<string, { key: string; earned: number; weight: number; score: number }>();
  for (const { weight, hits } of rankings) {
    hits.forEach(({ key, score }, index) => {
      const entry = found.get(key) ?? { key, earned: 0, weight, score };
      entry.earned += weight / (K + index + 1);
      if (weight === entry.weight) entry.score = Math.max(entry.score, score);
      if (weight > entry.weight) Object.assign(entry, { weight, score });
      found.set(key, entry);
    });
  }
  return [...found.values()]
    .sort((a, b) => b.earned - a.earned || b.score - a.score)
    .map(({ key, score }) => ({ key, score }));
};
