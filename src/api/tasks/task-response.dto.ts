import { ApiExtraModels, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../contracts/json';
import type { TaskResult } from '../../contracts/outcome';
import { orNull } from '../http/nullable';

/** Words of a task's state on this path. A cancelled task reads `failed` with `cancelled: true`: its clients know no other end. */
export const GUIDE_STATUSES = ['pending', 'accepted', 'planning', 'executing', 'completed', 'failed'] as const;
export type GuideStatus = (typeof GUIDE_STATUSES)[number];

export const PROGRESS_STEPS = ['preprocessing', 'planning', 'execution', 'validation', 'synthesis'] as const;
export type ProgressStep = (typeof PROGRESS_STEPS)[number];

const TASK_ID = {
  type: 'string',
  description: 'In the form the request used: task-<uuid>, <uuid> or task_<key>.',
} as const;

export class SubmittedTaskDto {
  @ApiProperty({ type: 'string', pattern: '^task-[0-9a-f-]{36}$' })
  task_id!: string;

  @ApiProperty({ enum: ['accepted'] })
  status!: 'accepted';

  @ApiProperty({ type: 'integer', description: 'What similar tasks took.' })
  estimated_duration_seconds!: number;

  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;
}

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

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What running the tests showed.' })
  test_run?: JsonObject;

  @ApiProperty({ type: 'integer' })
  repair_rounds!: number;

  @ApiProperty({ type: 'integer' })
  steps_executed!: number;

  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Which step, arm and model made what.' })
  lineage!: JsonObject[];
}

/** A task as `/api/v1` shows it. What is not known yet is null where clients expect the field, else left out. */
@ApiExtraModels(ProgressDto, ResultDto, UsageDto, PlanDto)
export class TaskDto {
  @ApiProperty(TASK_ID)
  task_id!: string;

  @ApiProperty({ enum: [...GUIDE_STATUSES, 'cancelled'], description: '`cancelled` only in the answer to a cancel.' })
  status!: GuideStatus | 'cancelled';

  @ApiProperty({ type: 'string' })
  goal!: string;

  @ApiProperty({ type: 'string' })
  priority!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  updated_at!: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  started_at?: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  completed_at!: string | null;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  failed_at?: string;

  @ApiPropertyOptional({ type: 'boolean' })
  cancelled?: true;

  @ApiProperty({ ...orNull(ProgressDto) })
  progress!: ProgressDto | null;

  @ApiPropertyOptional({ enum: PROGRESS_STEPS })
  current_step?: ProgressStep;

  @ApiProperty({ type: 'integer' })
  steps_completed!: number;

  @ApiProperty({ type: 'integer' })
  steps_total!: number;

  @ApiProperty({
    ...orNull(ResultDto),
    description: 'Complete or null. A failed task may carry its best attempt.',
  })
  result!: TaskResult | null;

  @ApiProperty({ type: 'string', nullable: true })
  error!: string | null;

  @ApiPropertyOptional({ type: 'string', description: 'Stable code of the error.' })
  error_type?: string;

  @ApiPropertyOptional({ type: 'string' })
  error_details?: string;

  @ApiProperty({
    ...orNull(UsageDto),
    description: 'Complete or null: known when the task has ended.',
  })
  metadata!: UsageDto | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'From acceptance to the end.' })
  duration_ms!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'From the first step to the end.' })
  processing_time_ms!: number | null;

  @ApiProperty({ type: 'number', nullable: true, minimum: 0, maximum: 1 })
  confidence!: number | null;

  @ApiProperty({ ...orNull(PlanDto) })
  plan!: PlanDto | null;

  @ApiProperty({ type: 'integer' })
  estimated_duration_seconds!: number;

  @ApiPropertyOptional({ type: 'string', description: 'Why nothing happens right now.' })
  waiting_for?: string;
}

export class TaskListDto {
  @ApiProperty({ type: () => [TaskDto], description: 'Newest first.' })
  tasks!: TaskDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page.' })
  next_cursor!: string | null;
}
