import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PlannedExecution } from '../../contracts/plan';
import { ArmUsageDto } from '../http/arm-usage.dto';

const SHARE = { type: 'number', minimum: 0, maximum: 1 } as const;

class PlannedStepDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  step_number!: number;

  @ApiProperty({ type: 'string', example: 'step_1' })
  step_id!: string;

  @ApiProperty({ type: 'string' })
  action!: string;

  @ApiProperty({ type: 'string', description: 'The same as `action`.' })
  description!: string;

  @ApiProperty({ type: 'string', example: 'coder' })
  arm_id!: string;

  @ApiProperty({ type: [String] })
  acceptance_criteria!: string[];

  @ApiProperty({ type: 'integer' })
  estimated_duration_seconds!: number;

  @ApiProperty({
    // An empty list is either.
    anyOf: [
      { type: 'array', items: { type: 'integer' } },
      { type: 'array', items: { type: 'string' } },
    ],
    description: 'Earlier steps it needs: numbers, for the Python SDK ids.',
  })
  dependencies!: number[] | string[];

  @ApiProperty({ type: 'array', items: { type: 'integer' }, description: 'The same, always as numbers.' })
  depends_on!: number[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What it takes from earlier steps: `{step_1: "output"}`.',
  })
  input_mapping!: Record<string, string>;

  @ApiProperty({ type: 'string' })
  expected_output!: string;

  @ApiPropertyOptional({
    type: 'object',
    properties: {
      action_type: { type: 'string', enum: ['shell', 'python', 'javascript', 'typescript'] },
      command: { type: 'string' },
    },
    required: ['action_type', 'command'],
    description: 'What the executor is to run, word by word: a command line, or the source of a program.',
  })
  execution?: { action_type: PlannedExecution['actionType']; command: string };
}

class SubtaskDto {
  @ApiProperty({ type: 'string' })
  subtask_id!: string;

  @ApiProperty({ type: 'string' })
  description!: string;

  @ApiProperty({ type: 'string' })
  assigned_arm!: string;

  @ApiProperty({ type: [String] })
  dependencies!: string[];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 5 })
  cost_tier!: number;
}

export class GuideStepDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  step!: number;

  @ApiProperty({ type: 'string' })
  action!: string;

  @ApiProperty({ type: 'string' })
  required_arm!: string;

  @ApiProperty({ type: [String] })
  acceptance_criteria!: string[];

  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  depends_on!: number[];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 5 })
  estimated_cost_tier!: number;

  @ApiProperty({ type: 'integer' })
  estimated_duration_seconds!: number;
}

/** A plan as clients of the first phase read it. */
export class GuidePlanDto {
  @ApiProperty({ type: () => [GuideStepDto] })
  plan!: GuideStepDto[];

  @ApiProperty({ type: 'string' })
  rationale!: string;

  @ApiProperty(SHARE)
  confidence!: number;

  @ApiProperty({ type: 'integer', description: 'Sum of all steps, seconds.' })
  total_estimated_duration!: number;

  @ApiProperty(SHARE)
  complexity_score!: number;
}

/** A plan in the words of all clients at once. */
export class PlannedDto extends GuidePlanDto {
  @ApiProperty({ type: 'string', pattern: '^plan_[a-zA-Z0-9]+$' })
  plan_id!: string;

  @ApiProperty({ type: () => [PlannedStepDto] })
  steps!: PlannedStepDto[];

  @ApiProperty({ type: () => [SubtaskDto] })
  subtasks!: SubtaskDto[];

  @ApiProperty({ type: 'integer', description: 'The longest chain of steps that need each other, seconds.' })
  estimated_duration_seconds!: number;

  @ApiProperty({ type: 'number' })
  estimated_time_seconds!: number;

  @ApiProperty({ type: 'number', description: 'US dollars; a rule of thumb of 0.01 for each cost tier of each step.' })
  estimated_cost_dollars!: number;

  @ApiProperty({ type: 'number' })
  estimated_cost_usd!: number;

  @ApiProperty({ type: [String] })
  warnings!: string[];

  @ApiProperty({ type: () => ArmUsageDto })
  metadata!: ArmUsageDto;
}
