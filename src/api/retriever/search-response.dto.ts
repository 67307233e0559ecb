import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SEARCH_METHODS, type SearchMethod } from '../../contracts/direct';
import type { JsonObject } from '../../contracts/json';
import { ArmUsageDto } from '../http/arm-usage.dto';

class SearchResultDto {
  @ApiProperty({
    type: 'string',
    description: 'The text of the document; the first 20,000 characters of a longer one.',
  })
  content!: string;

  @ApiProperty({ type: 'string', example: 'handbook.md' })
  source!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'Comparable between searches.' })
  relevance_score!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'The same as `relevance_score`.' })
  score!: number;

  @ApiProperty({ type: 'integer', minimum: 1 })
  rank!: number;

  @ApiProperty({ type: 'string', description: 'Names this hit of this search.' })
  result_id!: string;

  @ApiProperty({ type: 'string', description: 'Id the document is stored under.' })
  doc_id!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata!: JsonObject;
}

class SearchMetadataDto extends ArmUsageDto {
  @ApiProperty({ type: 'number' })
  search_duration_ms!: number;

  @ApiProperty({ type: 'number' })
  synthesis_duration_ms!: number;

  @ApiPropertyOptional({ type: 'string', description: 'Embedding model; absent when no vectors were compared.' })
  vector_model?: string;

  @ApiProperty({ type: 'string', example: 'postgresql' })
  database_used!: string;

  @ApiProperty({ type: 'boolean' })
  reranked!: boolean;
}

/** What a search found, in the words of all clients at once. */
export class FoundDto {
  @ApiProperty({ type: () => [SearchResultDto], description: 'Best first; empty when nothing fits.' })
  results!: SearchResultDto[];

  @ApiProperty({ type: 'string' })
  query!: string;

  @ApiProperty({ enum: SEARCH_METHODS, description: '`keyword` while vectors cannot be compared.' })
  method_used!: SearchMethod;

  @ApiProperty({ type: 'integer', description: 'Number of `results`.' })
  total_results!: number;

  @ApiProperty({ type: 'integer', description: 'Hits before the limit, as far as they were looked at.' })
  total_matches!: number;

  @ApiProperty({ type: 'number' })
  search_time_ms!: number;

  @ApiPropertyOptional({ type: 'string', description: 'Written by a model; `[n]` cites the result of that rank.' })
  synthesis?: string;

  @ApiProperty({ type: [String], description: 'Sources the synthesis cites, or those of the best hits without one.' })
  citations!: string[];

  @ApiProperty({ type: [String] })
  warnings!: string[];

  @ApiProperty({ type: () => SearchMetadataDto })
  metadata!: SearchMetadataDto;
}
