import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../contracts/json';
import type { PlannedExecution } from '../../contracts/plan';

export const PROGRESS_STEPS = ['preprocessing', 'planning', 'execution', 'validation', 'synthesis'] as const;
export type ProgressStep = (typeof PROGRESS_STEPS)[number];

export class ProgressDto {
  @ApiProperty({ enum: PROGRESS_STEPS })
  current_step!: ProgressStep;

  @ApiProperty({ type: 'integer', minimum: 0 })
  completed_steps!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: '0 until the plan is known.' })
  total_steps!: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  percentage!: number;
}

export class PlannedExecutionDto {
  @ApiProperty({ enum: ['shell', 'python', 'javascript', 'typescript'] })
  action_type!: PlannedExecution['actionType'];

  @ApiProperty({ type: 'string', description: 'A command line, or the source of a program.' })
  command!: string;
}

export class PlanStepDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  step!: number;

  @ApiProperty({ type: 'string' })
  action!: string;

  @ApiProperty({ type: 'string', description: 'Id of the arm that does it.' })
  required_arm!: string;

  @ApiProperty({ type: [String] })
  acceptance_criteria!: string[];

  @ApiProperty({ type: 'array', items: { type: 'integer' }, description: 'Steps whose results this one needs.' })
  depends_on!: number[];

  @ApiProperty({ type: 'integer' })
  estimated_duration_seconds!: number;

  @ApiPropertyOptional({ type: () => PlannedExecutionDto, description: 'What the executor runs, word by word.' })
  execution?: PlannedExecutionDto;
}

export class PlanDto {
  @ApiProperty({ type: 'string', nullable: true, description: 'plan-<uuid>' })
  plan_id!: string | null;

  @ApiProperty({ type: () => [PlanStepDto] })
  subtasks!: PlanStepDto[];

  @ApiProperty({ type: 'integer', description: 'Along the longest chain of steps.' })
  estimated_duration_seconds!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ type: 'string' })
  rationale!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  complexity_score!: number;

  @ApiProperty({ enum: ['model', 'rules'] })
  source!: 'model' | 'rules';
}

export class UsageDto {
  @ApiProperty({ type: [String] })
  arms_used!: string[];

  @ApiProperty({ type: 'integer' })
  tokens_used!: number;

  @ApiProperty({ type: 'number' })
  cost_dollars!: number;

  @ApiProperty({ type: 'number' })
  cost_usd!: number;

  @ApiProperty({ type: 'number' })
  duration_seconds!: number;

  @ApiPropertyOptional({ type: 'string', description: '`demonstration` when no real model was used.' })
  model?: string;
}

export class ResultDto {
  @ApiProperty({ type: 'string', description: 'The result itself; for a code goal the code.' })
  output!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ type: 'boolean' })
  validation_passed!: boolean;

  @ApiPropertyOptional({ type: 'string' })
  code?: string;

  @ApiPropertyOptional({ type: 'string' })
  tests?: string;

  @ApiPropertyOptional({ type: 'string' })
  explanation?: string;

  @ApiPropertyOptional({ type: 'string' })
  language?: string;

  @ApiPropertyOptional({ type: 'string' })
  model?: string;

  @ApiProperty({ type: [String] })
  warnings!: string[];

  @ApiProperty({ type: [String] })
  citations!: string[];

  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: '{criterion, state, explanation}: what was checked and how it came out.',
  })
  criteria!: JsonObject[];

  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: '{severity, type, message, suggestion?}: what the judge found.',
  })
  findings!: JsonObject[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      '{syntax, syntax_note?, tests, tests_note?, tests_passed, tests_failed, repairs}: what the coder proved of the code before it handed it on.',
  })
  proof?: JsonObject;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What running the tests showed.' })
  test_run?: JsonObject;

  @ApiProperty({ type: 'integer' })
  repair_rounds!: number;

  @ApiProperty({ type: 'integer' })
  steps_executed!: number;

  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Which step, arm and model made what.' })
  lineage!: JsonObject[];
}

/** Why a task failed, for clients that read an object. */
export class TaskErrorDto {
  @ApiProperty({ type: 'string', description: 'Stable code, e.g. budget_exceeded.' })
  type!: string;

  @ApiProperty({ type: 'string', description: 'The same as type.' })
  code!: string;

  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiPropertyOptional({ type: 'string' })
  details?: string;
}

/** Who answered for a result, and what it took. */
export class TaskProvenanceDto {
  @ApiProperty({ type: 'string', description: 'The arm that did the work; `orchestrator` when several did.' })
  arm_id!: string;

  @ApiProperty({ type: 'integer' })
  processing_time_ms!: number;

  @ApiProperty({ type: 'integer' })
  tokens_consumed!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1 })
  confidence!: number;
}
