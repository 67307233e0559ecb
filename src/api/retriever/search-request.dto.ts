import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, Matches, Max, Min } from 'class-validator';
import { SEARCH_METHODS, type SearchMethod } from '../../contracts/direct';
import type { JsonObject } from '../../contracts/json';
import { JsonRecord, Text } from '../http/fields.decorator';

const MAX_QUERY = 500;
const MAX_RESULTS = 100;
const MAX_FILTER_BYTES = 16_000;

/** The union of what all clients send: hits are counted by `limit`, `max_results` or `top_k`. */
export class SearchRequestDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_QUERY, description: 'What to look for.' })
  @Text(1, MAX_QUERY)
  query!: string;

  @ApiPropertyOptional({
    enum: SEARCH_METHODS,
    default: 'hybrid',
    description: '`keyword` compares words, `vector` meaning, `hybrid` takes the best of both.',
  })
  @IsIn(SEARCH_METHODS)
  @IsOptional()
  method?: SearchMethod | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_RESULTS, default: 10, description: 'Most hits.' })
  @Max(MAX_RESULTS)
  @Min(1)
  @IsInt()
  @IsOptional()
  limit?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_RESULTS,
    description: 'Another spelling of `limit`.',
  })
  @Max(MAX_RESULTS)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_results?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_RESULTS,
    description: 'Another spelling of `limit`.',
  })
  @Max(MAX_RESULTS)
  @Min(1)
  @IsInt()
  @IsOptional()
  top_k?: number | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { severity: ['high', 'critical'], date_from: '2024-01-01', published_before: '2025-01-01T00:00:00Z' },
    description:
      "Only documents whose metadata fits all of these. A value (or one of a list) must be the field's, or among them where the " +
      'field is a list; text is compared without regard to case. `<field>_after` and `<field>_before` take ISO 8601 dates: ' +
      'from that moment on, and earlier than it. `date_from` and `date_to` (that day included) look at `date`, ' +
      '`last_updated`, or when the document was stored. Null and empty lists demand nothing.',
  })
  @JsonRecord(MAX_FILTER_BYTES)
  @IsOptional()
  filters?: JsonObject | null;

  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: 1,
    default: 0.5,
    description: 'Hits that fit less are left out. Half of what the query says found in a document counts 0.5.',
  })
  @Max(1)
  @Min(0)
  @IsNumber()
  @IsOptional()
  min_relevance_score?: number | null;

  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: 'Another spelling of `min_relevance_score`.',
  })
  @Max(1)
  @Min(0)
  @IsNumber()
  @IsOptional()
  min_score?: number | null;

  @ApiPropertyOptional({
    type: 'boolean',
    default: true,
    description: 'Whether a model writes a synthesis of the best five hits, with citations. False is faster and free.',
  })
  @IsBoolean()
  @IsOptional()
  include_citations?: boolean | null;

  @ApiPropertyOptional({
    type: 'string',
    pattern: '^[A-Za-z0-9_.-]{1,64}$',
    description: 'Only documents of this collection; all when absent.',
  })
  @Matches(/^[A-Za-z0-9_.-]{1,64}$/, { message: '$property must have 1 to 64 letters, digits, _, . or -' })
  @IsOptional()
  collection?: string | null;
}
