import type { SearchReply } from '../../contracts/direct';
import type { ArmAnswer } from '../../intake/intake.port';
import { toFoundDto, toSearchCall } from './search.mapper';

const REPLY: SearchReply = {
  hits: [{ documentId: 'leave', source: 'handbook.md', content: '30 days.', score: 0.75, metadata: { page: 3 } }],
  methodUsed: 'hybrid',
  totalMatches: 4,
  searchMs: 12.3456,
  synthesisMs: 0,
  citations: ['handbook.md'],
  database: 'postgresql',
};
const answer = (reply: SearchReply, warnings: string[] = []): ArmAnswer => ({
  runId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  arm: 'retriever',
  output: { ...reply, hits: reply.hits.map((hit) => ({ ...hit })) },
  confidence: 0.7,
  warnings,
  models: [],
  tokensUsed: 0,
  costUsd: 0,
  durationMs: 20,
});

describe('a search on the wire', () => {
  it('has defaults for all that is left out', () => {
    expect(toSearchCall({ query: 'leave' })).toMatchObject({
      arm: 'retriever',
      draft: { goal: 'leave' },
      input: { query: 'leave', method: 'hybrid', limit: 10, minScore: 0.5, filters: [], synthesise: true },
    });
  });

  it.each([
    [
      { limit: 3, min_relevance_score: 0.2, include_citations: false },
      { limit: 3, minScore: 0.2, synthesise: false },
    ],
    [
      { max_results: 4, min_score: 0 },
      { limit: 4, minScore: 0, synthesise: true },
    ],
    [
      { top_k: 5, min_score: null, collection: 'hr' },
      { limit: 5, minScore: 0.5, collection: 'hr' },
    ],
  ])('reads %j', (given, input) => {
    expect(toSearchCall({ query: 'leave', ...given })).toMatchObject({ input });
  });

  it('answers in the words of all clients', () => {
    expect(toFoundDto(answer(REPLY), 'leave')).toEqual({
      results: [
        {
          content: '30 days.',
          source: 'handbook.md',
          relevance_score: 0.75,
          score: 0.75,
          rank: 1,
          result_id: '0f8fad5b-d9cb-469f-a165-70867728950e-1',
          doc_id: 'leave',
          metadata: { page: 3 },
        },
      ],
      query: 'leave',
      method_used: 'hybrid',
      total_results: 1,
      total_matches: 4,
      search_time_ms: 12.35,
      citations: ['handbook.md'],
      warnings: [],
      metadata: {
        model: 'none',
        tokens_used: 0,
        cost_usd: 0,
        duration_ms: 20,
        search_duration_ms: 12.35,
        synthesis_duration_ms: 0,
        database_used: 'postgresql',
        reranked: false,
      },
    });
  });

  it('tells of the synthesis and the model when there are any', () => {
    const found = toFoundDto(answer({ ...REPLY, synthesis: '30 [1].', vectorModel: 'small' }, ['Mind.']), 'leave');
    expect(found).toMatchObject({ synthesis: '30 [1].', metadata: { vector_model: 'small' }, warnings: ['Mind.'] });
  });
});
