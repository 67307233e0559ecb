import type { CachedInspection, ReflexStatistics } from '../../contracts/inspection';
import type { AnswerStatistics, CachedAnswer } from '../../memory/answers/answers.service';
import type { Wire } from '../http/types';
import type { CacheClearedDto, CacheEntryDto, CacheStatsDto } from './cache.dto';
import { kindsOf, toCachedAnswer } from './preprocess.mapper';
import { toMs } from './process.mapper';

const MEGABYTE = 1024 * 1024;
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

const NONE: AnswerStatistics = { entries: 0, hits: 0, misses: 0, evictions: 0 };

export const toCacheStats = (statistics: ReflexStatistics, answers = NONE): Wire<CacheStatsDto> => {
  const hits = statistics.hits + answers.hits;
  const misses = statistics.misses + answers.misses;
  const lookUps = hits + misses;
  return {
    total_entries: statistics.entries + answers.entries,
    hit_rate: lookUps === 0 ? 0 : round(hits / lookUps),
    miss_rate: lookUps === 0 ? 0 : round(misses / lookUps),
    memory_usage_mb: round(statistics.memoryBytes / MEGABYTE),
    eviction_count: statistics.evictions + answers.evictions,
    evictions_last_hour: statistics.evictionsLastHour,
    avg_response_time_ms: toMs(statistics.averageMs),
  };
};

export const toCleared = (count: number): Wire<CacheClearedDto> => ({
  message: count === 1 ? '1 entry cleared' : `${count} entries cleared`,
  entries_cleared: count,
});

export const toCacheEntry = ({
  key,
  pii,
  injection,
  risk,
  cachedAt,
  expiresAt,
}: CachedInspection): Wire<CacheEntryDto> => ({
  cache_key: key,
  cached_result: {
    pii_detected: pii.length > 0,
    pii_types: kindsOf(pii),
    injection_detected: injection.length > 0,
    risk_score: risk,
  },
  cached_at: cachedAt.toISOString(),
  expires_at: expiresAt.toISOString(),
  hit: true,
});

export const toAnswerEntry = (answer: CachedAnswer): Wire<CacheEntryDto> => ({
  cache_key: answer.key,
  cached_result: toCachedAnswer(answer),
  cached_at: answer.cachedAt.toISOString(),
  expires_at: answer.expiresAt.toISOString(),
  hit: true,
});
