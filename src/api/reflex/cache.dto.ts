import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { CACHED_RESULT, CachedAnswerDto, CachedResultDto } from './preprocess.dto';

/** Of inspections and of answers together. */
export class CacheStatsDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  total_entries!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'Since the start; 0 before the first look-up.' })
  hit_rate!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  miss_rate!: number;

  @ApiProperty({
    type: 'number',
    minimum: 0,
    description: 'Of inspections; answers take none, they are in the database.',
  })
  memory_usage_mb!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Entries that had to make room since the start.' })
  eviction_count!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of inspections.' })
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

@ApiExtraModels(CachedResultDto, CachedAnswerDto)
export class CacheEntryDto {
  @ApiProperty({ type: 'string' })
  cache_key!: string;

  @ApiProperty({ ...CACHED_RESULT, description: 'What was found in a text, or the answer to it.' })
  cached_result!: CachedResultDto | CachedAnswerDto;

  @ApiProperty({ type: 'string', format: 'date-time' })
  cached_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  expires_at!: string;

  @ApiProperty({ type: 'boolean', enum: [true] })
  hit!: true;
}
