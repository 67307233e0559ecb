import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, Matches } from 'class-validator';
import { RawText } from '../http/raw-text.decorator';

const MAX_TEXT = 100_000;
const SEVERITIES = ['Low', 'Medium', 'High', 'Critical'] as const;
export type SeverityWord = (typeof SEVERITIES)[number];

export class ProcessDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_TEXT, description: 'Looked through and not kept.' })
  @RawText(MAX_TEXT)
  text!: string;

  @ApiPropertyOptional({
    type: 'string',
    pattern: '^[a-zA-Z0-9_-]{1,64}$',
    description: 'Whom the text comes from; counted against 1,000 an hour, 50 at once.',
  })
  @Matches(/^[a-zA-Z0-9_-]{1,64}$/, { message: '$property must have 1 to 64 letters, digits, _ or -' })
  @IsOptional()
  user_id?: string | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'Look for personal data and secrets.' })
  @IsBoolean()
  @IsOptional()
  check_pii?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'Look for attempts to steer a model.' })
  @IsBoolean()
  @IsOptional()
  check_injection?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'Whether a result may be remembered.' })
  @IsBoolean()
  @IsOptional()
  use_cache?: boolean | null;
}

/** What every finding tells, whatever it is. */
class FindingDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Offset in UTF-16 code units; the same as start.' })
  position!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  start!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Where it ends; exclusive.' })
  end!: number;

  @ApiProperty({ type: 'string' })
  matched_text!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ enum: SEVERITIES })
  severity!: SeverityWord;

  @ApiProperty({ type: 'string', description: 'The rule that found it.' })
  detector!: string;

  @ApiProperty({ type: [String], description: 'What speaks for it.' })
  indicators!: string[];
}

export class ExtendedPiiMatchDto extends FindingDto {
  @ApiProperty({ type: 'string', description: 'Lower-case kind, e.g. date_of_birth.' })
  kind!: string;

  @ApiProperty({ type: 'string' })
  value!: string;

  @ApiProperty({ type: 'string', description: 'The value with up to 30 characters before and after it.' })
  context!: string;
}

export class PiiMatchDto extends ExtendedPiiMatchDto {
  @ApiProperty({ type: 'string', description: 'SSN, CreditCard, Email, Phone, IPv4, AWSKey, GitHubToken …' })
  pii_type!: string;
}

class ContextAnalysisDto {
  @ApiProperty({ type: 'boolean' })
  is_quoted!: boolean;

  @ApiProperty({ type: 'boolean' })
  is_academic!: boolean;

  @ApiProperty({ type: 'boolean' })
  is_testing!: boolean;

  @ApiProperty({ type: 'boolean' })
  is_negation!: boolean;
}

export class InjectionMatchDto extends FindingDto {
  @ApiProperty({ type: 'string', description: 'IgnorePrevious, SystemRole, JailbreakKeyword, PromptExtraction …' })
  injection_type!: string;

  @ApiProperty({ type: () => ContextAnalysisDto, description: 'Why it may be talk about an attack.' })
  context_analysis!: ContextAnalysisDto;
}

export class ProcessedDto {
  @ApiProperty({ type: 'string', format: 'uuid', description: "The caller's X-Request-ID if that is a uuid." })
  request_id!: string;

  @ApiProperty({
    enum: ['Success', 'Blocked', 'RateLimited', 'Error'],
    description: 'Blocked: an injection is Critical after its context. A rate limit is answered with 429.',
  })
  status!: 'Success' | 'Blocked';

  @ApiProperty({ type: 'boolean' })
  pii_detected!: boolean;

  @ApiProperty({ type: () => [PiiMatchDto] })
  pii_matches!: PiiMatchDto[];

  @ApiProperty({ type: () => [ExtendedPiiMatchDto], description: 'Kinds that pii_type has no name for.' })
  pii_matches_extended!: ExtendedPiiMatchDto[];

  @ApiProperty({ type: 'boolean' })
  injection_detected!: boolean;

  @ApiProperty({ type: () => [InjectionMatchDto] })
  injection_matches!: InjectionMatchDto[];

  @ApiProperty({ type: 'boolean' })
  cache_hit!: boolean;

  @ApiProperty({ type: 'number', minimum: 0 })
  processing_time_ms!: number;
}

class MaskedPiiDto {
  @ApiProperty({ type: 'string', description: 'As pii_type, or the lower-case kind where that has no name.' })
  type!: string;

  @ApiProperty({ type: 'string', description: 'A * for every character.' })
  value!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  position!: number;
}

class MaskedInjectionDto {
  @ApiProperty({ type: 'string' })
  type!: string;

  @ApiProperty({ enum: SEVERITIES })
  severity!: SeverityWord;

  @ApiProperty({ type: 'string', description: 'Personal data in it is masked.' })
  matched_text!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  position!: number;
}

/** The short answer of the first phase. */
export class MaskedResultDto {
  @ApiProperty({ type: 'boolean', description: 'False when it is blocked.' })
  safe!: boolean;

  @ApiProperty({ type: () => [MaskedPiiDto] })
  pii_detected!: MaskedPiiDto[];

  @ApiProperty({ type: () => [MaskedInjectionDto] })
  injections!: MaskedInjectionDto[];

  @ApiProperty({ type: 'boolean' })
  cached!: boolean;

  @ApiProperty({ type: 'number', minimum: 0 })
  latency_ms!: number;
}
