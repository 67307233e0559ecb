import { average, counter, histogram } from '../../common/metrics';
import type { SearchReply } from '../../contracts/direct';

const searches = counter('retriever_searches_total', 'Searches by the method used', ['method']);
const seconds = histogram(
  'retriever_search_latency_seconds',
  'Duration of a search, without the synthesis',
  [],
  [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
);
const relevance = average('retriever_avg_relevance_score', 'Mean score of the hits since the start, 0 to 1');

export const countSearch = ({ hits, methodUsed, searchMs }: SearchReply): void => {
  searches.inc({ method: methodUsed });
  seconds.observe(searchMs / 1_000);
  for (const { score } of hits) relevance.observe(score);
};
