import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { REFLEX_DECISIONS, type ReflexDecision } from '../../contracts/inspection';
import type { JsonObject } from '../../contracts/json';
import { PRIORITIES, type Priority } from '../../contracts/task';
import { JsonRecord, TextOrRecord } from '../http/fields.decorator';
import { RawText } from '../http/raw-text.decorator';

const MAX_INPUT = 50_000;
const MAX_QUERY = 5_000;
const MAX_CONTEXT = 50_000;
const CONTEXT = {
  oneOf: [
    { type: 'object', additionalProperties: true },
    { type: 'string', maxLength: MAX_CONTEXT },
  ],
  description: 'Looked through as well. At most 50,000 bytes.',
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
/** Of the four names for the text the first that is there counts. */
const namesText = ({ input_text, input, query, goal }: PreprocessDto): boolean =>
  [input_text, input, query, goal].some(isGiven);
/** The body of the service pages, which must say who asks. */
export const isQuery = ({ input_text, input, query }: PreprocessDto): boolean =>
  !isGiven(input_text) && !isGiven(input) && isGiven(query);

/** The union of four bodies: exactly one of `input_text`, `input`, `query` (with `user_id`) and `goal` is needed. */
export class PreprocessDto {
  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_INPUT, description: 'The text.' })
  @RawText(MAX_INPUT)
  @ValidateIf((body: PreprocessDto) => isGiven(body.input_text) || !namesText(body))
  input_text?: string | null;

  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_INPUT, description: 'Instead of input_text.' })
  @RawText(MAX_INPUT)
  @IsOptional()
  input?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_QUERY,
    description: 'Instead of input_text, with user_id. Critical personal data then blocks.',
  })
  @RawText(MAX_QUERY)
  @IsOptional()
  query?: string | null;

  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_INPUT, description: 'Instead of input_text.' })
  @RawText(MAX_INPUT)
  @IsOptional()
  goal?: string | null;

  @ApiPropertyOptional({ type: 'string', pattern: '^user_[a-zA-Z0-9_-]+$', maxLength: 64 })
  @Matches(/^user_[a-zA-Z0-9_-]{1,59}$/, {
    message: '$property must be user_ and up to 59 letters, digits, _ or -',
  })
  @ValidateIf((body: PreprocessDto) => isGiven(body.user_id) || isQuery(body))
  user_id?: string | null;

  @ApiPropertyOptional({ type: 'boolean', default: true })
  @IsBoolean()
  @IsOptional()
  check_cache?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true })
  @IsBoolean()
  @IsOptional()
  detect_pii?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true })
  @IsBoolean()
  @IsOptional()
  detect_injection?: boolean | null;

  @ApiPropertyOptional(CONTEXT)
  @TextOrRecord(MAX_CONTEXT)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Accepted; not read, not kept.' })
  @JsonRecord(MAX_CONTEXT)
  @IsOptional()
  metadata?: JsonObject | null;
}

export class CachedResultDto {
  @ApiProperty({ type: 'boolean' })
  pii_detected!: boolean;

  @ApiProperty({ type: [String] })
  pii_types!: string[];

  @ApiProperty({ type: 'boolean' })
  injection_detected!: boolean;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  risk_score!: number;
}

/** What a task has answered, without personal data of severity Medium or higher and without secrets. */
export class CachedAnswerDto {
  @ApiProperty({ type: 'string' })
  output!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiPropertyOptional({ type: 'string' })
  code?: string;

  @ApiPropertyOptional({ type: 'string' })
  tests?: string;

  @ApiPropertyOptional({ type: 'string' })
  explanation?: string;

  @ApiPropertyOptional({ type: 'string' })
  language?: string;

  @ApiPropertyOptional({ type: 'string', description: 'The model that did the work.' })
  model?: string;

  @ApiProperty({ type: [String] })
  warnings!: string[];

  @ApiProperty({ type: [String] })
  citations!: string[];
}

/** For a property of a class that names both as extra models. */
export const CACHED_RESULT = {
  anyOf: [{ $ref: getSchemaPath(CachedResultDto) }, { $ref: getSchemaPath(CachedAnswerDto) }],
};

class PreprocessMetadataDto {
  @ApiPropertyOptional({ type: 'string', description: 'For GET /v1/cache/{key}.' })
  cache_key?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  cached_at?: string;

  @ApiPropertyOptional({ type: 'string', description: 'What the instant reply answers.' })
  pattern?: string;

  @ApiPropertyOptional({ type: 'string' })
  template?: string;

  @ApiPropertyOptional({ enum: ['injection_detected', 'pii_detected'] })
  reason?: string;

  @ApiPropertyOptional({ type: [String], description: 'The rules, or the kinds of personal data, that blocked it.' })
  blocked_patterns?: string[];

  @ApiProperty({ type: 'boolean' })
  safety_check_passed!: boolean;
}

/** Everything each of the four clients reads. */
@ApiExtraModels(CachedResultDto, CachedAnswerDto)
export class PreprocessedDto {
  @ApiProperty({ enum: REFLEX_DECISIONS, description: 'cache_hit: response is the answer of an earlier task.' })
  decision!: ReflexDecision;

  @ApiProperty({ type: 'boolean', description: 'Whether it was answered, or at least looked through, before.' })
  cache_hit!: boolean;

  @ApiProperty({ type: 'boolean' })
  cached!: boolean;

  @ApiProperty({ type: 'boolean' })
  pii_detected!: boolean;

  @ApiProperty({ type: [String], description: 'Lower case: email, ssn, credit_card, github_token …' })
  pii_types!: string[];

  @ApiProperty({ type: 'boolean' })
  injection_detected!: boolean;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'Of the gravest injection; 0 without any.' })
  risk_score!: number;

  @ApiProperty({ type: 'string', description: 'The text with placeholders, or as it came.' })
  sanitized_input!: string;

  @ApiProperty({ type: 'boolean', description: 'False when it is blocked.' })
  should_proceed!: boolean;

  @ApiPropertyOptional({
    ...CACHED_RESULT,
    description: 'With cache_hit: the answer where the decision is cache_hit, else what was found.',
  })
  cached_result?: CachedResultDto | CachedAnswerDto;

  @ApiProperty({ type: 'string', description: 'The same as sanitized_input.' })
  output!: string;

  @ApiPropertyOptional({ type: 'string', description: 'The answer, where no task is needed for it.' })
  response?: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ type: 'number', minimum: 0 })
  latency_ms!: number;

  @ApiProperty({ type: 'number', minimum: 0 })
  processing_time_ms!: number;

  @ApiProperty({ type: () => PreprocessMetadataDto })
  metadata!: PreprocessMetadataDto;

  @ApiProperty({ type: 'string' })
  preprocessed_goal!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The context with placeholders.' })
  preprocessed_context!: JsonObject;
}

export class FilterDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: 100_000 })
  @RawText(100_000)
  text!: string;
}

class FilterRedactionDto {
  @ApiProperty({ type: 'string', description: 'Lower case: email, ssn, credit_card …' })
  type!: string;

  @ApiProperty({ type: 'string' })
  original!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'integer' },
    minItems: 2,
    maxItems: 2,
    description: 'Start and end in the text that was sent, in UTF-16 code units.',
  })
  position!: number[];
}

export class FilteredDto {
  @ApiProperty({ type: 'string' })
  filtered_text!: string;

  @ApiProperty({ type: 'boolean' })
  pii_detected!: boolean;

  @ApiProperty({ type: [String] })
  pii_types!: string[];

  @ApiProperty({ type: () => [FilterRedactionDto] })
  redactions!: FilterRedactionDto[];
}

export class ReflexQueryDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_INPUT })
  @RawText(MAX_INPUT)
  query!: string;

  @ApiPropertyOptional({ type: 'string', maxLength: 64 })
  @Matches(/^[a-zA-Z0-9_-]{1,64}$/, { message: '$property must have 1 to 64 letters, digits, _ or -' })
  @IsOptional()
  user_id?: string | null;

  @ApiPropertyOptional(CONTEXT)
  @TextOrRecord(MAX_CONTEXT)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({ enum: PRIORITIES, default: 'medium' })
  @IsIn(PRIORITIES)
  @IsOptional()
  priority?: Priority | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100_000 })
  @Max(100_000)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_tokens?: number | null;
}

/** `action` decides which of the other fields are there. */
export class ReflexActionDto {
  @ApiProperty({ enum: ['CacheHit', 'Blocked', 'PassThrough'], description: 'CacheHit: response is the answer.' })
  action!: 'CacheHit' | 'Blocked' | 'PassThrough';

  @ApiPropertyOptional({ type: 'string' })
  response?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  cached_at?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0 })
  cache_age_ms?: number;

  @ApiPropertyOptional({ type: 'string' })
  reason?: string;

  @ApiPropertyOptional({ type: 'string', description: 'E.g. IgnorePrevious.' })
  violation_type?: string;

  @ApiPropertyOptional({ type: 'string', description: 'The rule that blocked it.' })
  matched_pattern?: string;

  @ApiPropertyOptional({ type: 'string' })
  sanitized_query?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of the query, in UTF-16 code units.' })
  original_length?: number;

  @ApiPropertyOptional({ type: 'boolean' })
  pii_detected?: boolean;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  metadata?: JsonObject;

  @ApiPropertyOptional({ type: [String], description: 'Arms it sounds like work for.' })
  routing_hints?: string[];
}
