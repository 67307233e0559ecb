import type { CachedInspection, ReflexStatistics } from '../../contracts/inspection';
import type { Wire } from '../http/types';
import type { CacheClearedDto, CacheEntryDto, CacheStatsDto } from './cache.dto';
import { kindsOf } from './preprocess.mapper';
import { toMs } from './process.mapper';

const MEGABYTE = 1024 * 1024;
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

export const toCacheStats = (statistics: ReflexStatistics): Wire<CacheStatsDto> => {
  const lookUps = statistics.hits + statistics.misses;
  return {
    total_entries: statistics.entries,
    hit_rate: lookUps === 0 ? 0 : round(statistics.hits / lookUps),
    miss_rate: lookUps === 0 ? 0 : round(statistics.misses / lookUps),
    memory_usage_mb: round(statistics.memoryBytes / MEGABYTE),
    eviction_count: statistics.evictions,
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
