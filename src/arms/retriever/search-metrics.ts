import { counter, gauge, histogram } from '../../common/metrics';
import type { SearchReply } from '../../contracts/direct';

const searches = counter('retriever_searches_total', 'Searches by the method used', ['method']);
const seconds = histogram(
  'retriever_search_latency_seconds',
  'Duration of a search, without the synthesis',
  [],
  [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
);
const relevance = gauge('retriever_avg_relevance_score', 'Mean score of the hits of the last search that had any');

export const countSearch = ({ hits, methodUsed, searchMs }: SearchReply): void => {
  searches.inc({ method: methodUsed });
  seconds.observe(searchMs / 1_000);
  if (hits.length > 0) relevance.set(hits.reduce((sum, { score }) => sum + score, 0) / hits.length);
};
