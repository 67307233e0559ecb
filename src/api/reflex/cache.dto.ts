import { ApiProperty } from '@nestjs/swagger';
import { CachedResultDto } from './preprocess.dto';

export class CacheStatsDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  total_entries!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'Since the start; 0 before the first look-up.' })
  hit_rate!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  miss_rate!: number;

  @ApiProperty({ type: 'number', minimum: 0 })
  memory_usage_mb!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Entries that had to make room since the start.' })
  eviction_count!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  evictions_last_hour!: number;

  @ApiProperty({ type: 'number', minimum: 0, description: 'Per inspection, from the cache or not.' })
  avg_response_time_ms!: number;
}

export class CacheClearedDto {
  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiProperty({ type: 'integer', minimum: 0 })
  entries_cleared!: number;
}

export class CacheEntryDto {
  @ApiProperty({ type: 'string' })
  cache_key!: string;

  @ApiProperty({ type: () => CachedResultDto })
  cached_result!: CachedResultDto;

  @ApiProperty({ type: 'string', format: 'date-time' })
  cached_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  expires_at!: string;

  @ApiProperty({ type: 'boolean', enum: [true] })
  hit!: true;
}
