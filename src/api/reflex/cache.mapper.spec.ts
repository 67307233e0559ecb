import { toCacheStats, toCleared } from './cache.mapper';

const NOTHING = { entries: 0, hits: 0, misses: 0, memoryBytes: 0, evictions: 0, evictionsLastHour: 0, averageMs: 0 };

it('gives rates of 0 to 1, also before the first look-up', () => {
  expect(toCacheStats(NOTHING)).toMatchObject({ hit_rate: 0, miss_rate: 0, memory_usage_mb: 0 });
  expect(toCacheStats({ ...NOTHING, hits: 1, misses: 2, memoryBytes: 512 * 1024, averageMs: 0.12345 })).toMatchObject({
    hit_rate: 0.3333,
    miss_rate: 0.6667,
    memory_usage_mb: 0.5,
    avg_response_time_ms: 0.123,
  });
});

it('counts what was cleared in words', () => {
  expect([0, 1, 2].map((count) => toCleared(count).message)).toEqual([
    '0 entries cleared',
    '1 entry cleared',
    '2 entries cleared',
  ]);
});
