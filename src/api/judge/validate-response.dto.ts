import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { ArmUsageDto } from '../http/arm-usage.dto';

/** Two vocabularies of severity: one beside `validation_types`, the other elsewhere. */
const SEVERITIES = ['error', 'warning', 'info', 'critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

export class JudgeIssueDto {
  @ApiProperty({
    enum: SEVERITIES,
    description: 'error, warning, info where `validation_types` was given, else critical, high, medium, low.',
  })
  severity!: Severity;

  @ApiProperty({ type: 'string', example: 'criteria_not_met' })
  type!: string;

  @ApiProperty({ type: 'string', description: 'The same as `type`.' })
  category!: string;

  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiPropertyOptional({ type: 'string', description: 'A JSON pointer, or line and column.' })
  location?: string;

  @ApiPropertyOptional({ type: 'string' })
  suggestion?: string;
}

class JudgedCriterionDto {
  @ApiProperty({ type: 'string' })
  criterion!: string;

  @ApiProperty({ type: 'boolean', description: 'False also where it could not be judged; `explanation` says so.' })
  passed!: boolean;

  @ApiProperty({ type: 'string' })
  explanation!: string;
}

class RankedProposalDto {
  @ApiProperty({ type: 'integer', description: 'Index in `proposals`, from 0.' })
  proposal!: number;

  @ApiProperty({ type: 'integer', description: 'From 1; equals share a rank.' })
  rank!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'Share of pairs won, ties by half.' })
  score!: number;
}

class ComparedPairDto {
  @ApiProperty({ type: 'integer' })
  first!: number;

  @ApiProperty({ type: 'integer' })
  second!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null for a tie.' })
  winner!: number | null;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ enum: ['evidence', 'model', 'none'], description: 'What told: runs and counts, a model, or nothing.' })
  by!: 'evidence' | 'model' | 'none';

  @ApiProperty({ type: 'string' })
  explanation!: string;
}

class ComparisonDto {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Index in `proposals`; null where the best are tied.' })
  winner!: number | null;

  @ApiProperty({ type: () => [RankedProposalDto], description: 'Best first.' })
  ranking!: RankedProposalDto[];

  @ApiProperty({ type: () => [ComparedPairDto] })
  pairs!: ComparedPairDto[];

  @ApiProperty({ enum: ['copeland'] })
  method!: 'copeland';
}

class ValidationMetadataDto extends ArmUsageDto {
  @ApiProperty({ type: [String], description: 'Layers that really ran.' })
  validation_types_run!: string[];

  @ApiProperty({ type: 'integer' })
  total_issues!: number;

  @ApiProperty({ type: 'integer' })
  error_count!: number;

  @ApiProperty({ type: 'integer' })
  warning_count!: number;

  @ApiProperty({ type: 'integer' })
  info_count!: number;
}

@ApiExtraModels(JudgeIssueDto)
export class ValidationDto {
  @ApiProperty({ type: 'boolean', description: 'No error among the issues and no failed criterion.' })
  valid!: boolean;

  @ApiProperty({ type: 'boolean', description: 'The same as `valid`.' })
  passed!: boolean;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'Mean of the layers that ran, 0.5 if none did.' })
  confidence!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: '0.5 when quality was not looked at.' })
  quality_score!: number;

  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ $ref: getSchemaPath(JudgeIssueDto) }, { type: 'string' }] },
    description: 'Texts where `criteria` was given without `validation_types`, else objects.',
  })
  issues!: JudgeIssueDto[] | string[];

  @ApiProperty({ type: [String] })
  passed_criteria!: string[];

  @ApiProperty({ type: [String] })
  failed_criteria!: string[];

  @ApiProperty({
    type: () => [JudgedCriterionDto],
    description: 'Every criterion, those that could not be judged too.',
  })
  criteria_results!: JudgedCriterionDto[];

  @ApiProperty({ type: [String] })
  suggestions!: string[];

  @ApiPropertyOptional({
    type: () => ComparisonDto,
    description: 'Where `proposals` were given; the verdict is then about the best of them.',
  })
  comparison?: ComparisonDto;

  @ApiProperty({ type: () => ValidationMetadataDto })
  metadata!: ValidationMetadataDto;
}
