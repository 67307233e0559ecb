import type { SearchReply, SearchRequest } from '../../contracts/direct';
import type { ArmAnswer, ArmCall } from '../../intake/intake.port';
import { directDraft } from '../http/direct-draft';
import type { Wire } from '../http/types';
import { toArmUsage } from '../http/arm-usage';
import { toFilters } from './filters.mapper';
import type { SearchRequestDto } from './search-request.dto';
import type { FoundDto } from './search-response.dto';

const DEFAULT_LIMIT = 10;
const DEFAULT_MIN_SCORE = 0.5;

/** The call a body of any dialect asks for. Throws `validation_error` for a filter that makes no sense. */
export const toSearchCall = (given: Wire<SearchRequestDto>): ArmCall => {
  const request: SearchRequest = {
    query: given.query,
    method: given.method ?? 'hybrid',
    limit: given.limit ?? given.max_results ?? given.top_k ?? DEFAULT_LIMIT,
    minScore: given.min_relevance_score ?? given.min_score ?? DEFAULT_MIN_SCORE,
    filters: toFilters(given.filters),
    synthesise: given.include_citations ?? true,
    ...(typeof given.collection === 'string' && { collection: given.collection }),
  };
  return {
    arm: 'retriever',
    draft: directDraft({ goal: given.query }),
    input: request,
    action: 'Search the stored documents',
  };
};

/** The answer in the words of all dialects at once. */
export const toFoundDto = (answer: ArmAnswer, query: string): Wire<FoundDto> => {
  const { runId, output, warnings } = answer;
  const reply = output as SearchReply;
  const { hits, synthesis, vectorModel } = reply;
  return {
    results: hits.map(({ documentId, source, content, score, metadata }, index) => ({
      content,
      source,
      relevance_score: score,
      score,
      rank: index + 1,
      result_id: `${runId}-${index + 1}`,
      doc_id: documentId,
      metadata,
    })),
    query,
    method_used: reply.methodUsed,
    total_results: hits.length,
    total_matches: reply.totalMatches,
    search_time_ms: toMs(reply.searchMs),
    ...(synthesis !== undefined && { synthesis }),
    citations: reply.citations,
    warnings,
    metadata: {
      ...toArmUsage(answer),
      search_duration_ms: toMs(reply.searchMs),
      synthesis_duration_ms: toMs(reply.synthesisMs),
      ...(vectorModel !== undefined && { vector_model: vectorModel }),
      database_used: reply.database,
      reranked: false,
    },
  };
};

/** To the hundredth. */
const toMs = (ms: number): number => Math.round(ms * 100) / 100;
