import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const SHARE = { type: 'number', minimum: 0, maximum: 1 } as const;
const GRAVITIES = ['low', 'medium', 'high', 'critical'] as const;
const RISK_LEVELS = ['none', ...GRAVITIES] as const;
export const ENTITY_TYPES = ['email', 'phone', 'ssn', 'credit_card', 'ip_address', 'name', 'address'] as const;
const TYPES = ['pii', 'secret', 'malicious_content', 'inappropriate_content', 'policy_violation'] as const;
const ISSUE_TYPES = ['pii', 'injection', 'harmful_content', 'policy_violation'] as const;

/** One finding, in two vocabularies at once. */
export class CheckIssueDto {
  @ApiProperty({ enum: TYPES })
  type!: (typeof TYPES)[number];

  @ApiProperty({ enum: GRAVITIES })
  risk_level!: (typeof GRAVITIES)[number];

  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiProperty({ type: 'string', example: 'credit_card' })
  matched_pattern!: string;

  @ApiProperty({ type: 'integer', description: 'UTF-16 code units from the start of the text as it was sent.' })
  position!: number;

  @ApiPropertyOptional({ type: 'string', description: 'What stands for it in the sanitised text.' })
  redaction?: string;

  @ApiProperty({ enum: ISSUE_TYPES })
  issue_type!: (typeof ISSUE_TYPES)[number];

  @ApiProperty({ enum: GRAVITIES })
  severity!: (typeof GRAVITIES)[number];

  @ApiProperty({ type: 'string' })
  description!: string;

  @ApiProperty({ type: 'string', example: '10-21', description: 'Start and end.' })
  location!: string;

  @ApiPropertyOptional({ type: 'string', description: 'Only ever in its redacted form.' })
  detected_value?: string;
}

export class PiiEntityDto {
  @ApiProperty({ enum: ENTITY_TYPES })
  type!: (typeof ENTITY_TYPES)[number];

  @ApiProperty({ type: 'string' })
  value!: string;

  @ApiProperty({ type: 'integer' })
  start!: number;

  @ApiProperty({ type: 'integer' })
  end!: number;

  @ApiProperty(SHARE)
  confidence!: number;
}

export class CheckMetadataDto {
  @ApiProperty({ type: [String] })
  checks_performed!: string[];

  @ApiProperty({ type: [String] })
  pii_types_found!: string[];

  @ApiProperty({ type: [String] })
  secret_types_found!: string[];

  @ApiProperty({ type: 'number' })
  processing_time_ms!: number;

  @ApiPropertyOptional({ type: 'string' })
  block_reason?: string;
}

/** What was found in a text, in the words of all clients at once. */
export class CheckDto {
  @ApiProperty({ type: 'boolean', description: 'Nothing of high or critical risk, before anything was redacted.' })
  safe!: boolean;

  @ApiProperty({ enum: RISK_LEVELS })
  risk_level!: (typeof RISK_LEVELS)[number];

  @ApiProperty(SHARE)
  risk_score!: number;

  @ApiProperty({ type: 'boolean' })
  should_proceed!: boolean;

  @ApiProperty({ type: 'boolean' })
  blocked!: boolean;

  @ApiProperty({ type: () => [CheckIssueDto] })
  issues!: CheckIssueDto[];

  @ApiProperty({ type: 'string' })
  sanitized_text!: string;

  @ApiProperty({ type: 'string' })
  sanitized_content!: string;

  @ApiProperty({ type: 'string' })
  redacted_content!: string;

  @ApiProperty({ type: 'boolean' })
  pii_detected!: boolean;

  @ApiProperty({ type: () => [PiiEntityDto], description: 'Only the kinds this list has names for; `issues` has all.' })
  pii_entities!: PiiEntityDto[];

  @ApiProperty({ type: 'boolean' })
  harmful_detected!: boolean;

  @ApiProperty({ type: [String] })
  harm_categories!: string[];

  @ApiProperty({ type: () => CheckMetadataDto })
  metadata!: CheckMetadataDto;
}
