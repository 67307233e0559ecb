import { ApiExtraModels, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { TaskResult } from '../../contracts/outcome';
import { orNull } from '../http/nullable';
import { statusWords } from './status-words';
import {
  PROGRESS_STEPS,
  PlanDto,
  ProgressDto,
  type ProgressStep,
  ResultDto,
  TaskErrorDto,
  TaskProvenanceDto,
  UsageDto,
} from './task-parts.dto';

const MOMENT = { type: 'string', format: 'date-time' } as const;
const SHARE = { type: 'number', minimum: 0, maximum: 1 } as const;

/** What every family of clients reads of a task. What is not known yet is null where clients expect the field, else left out. */
@ApiExtraModels(ProgressDto, ResultDto, UsageDto, PlanDto, TaskErrorDto, TaskProvenanceDto)
abstract class TaskBodyDto {
  @ApiProperty({ type: 'string', description: 'In the form the request used: task-<uuid>, <uuid> or task_<key>.' })
  task_id!: string;

  @ApiProperty({ type: 'string' })
  goal!: string;

  @ApiProperty({ type: 'string' })
  priority!: string;

  @ApiProperty(MOMENT)
  created_at!: string;

  @ApiProperty(MOMENT)
  updated_at!: string;

  @ApiPropertyOptional(MOMENT)
  started_at?: string;

  @ApiPropertyOptional(MOMENT)
  failed_at?: string;

  @ApiPropertyOptional(MOMENT)
  cancelled_at?: string;

  @ApiPropertyOptional({ type: 'boolean' })
  cancelled?: true;

  @ApiPropertyOptional({ enum: PROGRESS_STEPS })
  current_step?: ProgressStep;

  @ApiProperty({ type: 'integer' })
  steps_completed!: number;

  @ApiProperty({ type: 'integer' })
  steps_total!: number;

  @ApiProperty({ ...orNull(ResultDto), description: 'Complete or null. A failed task may carry its best attempt.' })
  result!: TaskResult | null;

  @ApiPropertyOptional({ type: 'string', description: 'Stable code of the error.' })
  error_type?: string;

  @ApiPropertyOptional({ type: 'string' })
  error_details?: string;

  @ApiProperty({ ...orNull(UsageDto), description: 'Complete or null: known when the task has ended.' })
  metadata!: UsageDto | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'From the first step to the end.' })
  processing_time_ms!: number | null;

  @ApiProperty({ type: 'integer' })
  estimated_duration_seconds!: number;

  @ApiPropertyOptional({ type: 'boolean', description: 'Known when the task has ended.' })
  success?: boolean;

  @ApiPropertyOptional({ type: () => TaskProvenanceDto, description: 'Of a completed task.' })
  provenance?: TaskProvenanceDto;

  @ApiPropertyOptional({ type: 'string', description: 'Why nothing happens right now.' })
  waiting_for?: string;

  @ApiPropertyOptional({ type: 'string', description: 'In the answer to a cancel.' })
  message?: string;
}

/** A task as the guide's clients read it, on `/api/v1/tasks` and wherever its id is `task-<uuid>`. */
export class TaskDto extends TaskBodyDto {
  @ApiProperty({
    enum: [...statusWords('guide'), 'cancelled'],
    description: 'A cancelled task reads `failed` with `cancelled: true`; the answer to a cancel says `cancelled`.',
  })
  status!: string;

  @ApiProperty({ ...orNull(ProgressDto) })
  progress!: ProgressDto | null;

  @ApiProperty({ type: 'string', nullable: true })
  error!: string | null;

  @ApiProperty({ ...MOMENT, nullable: true })
  completed_at!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'From acceptance to the end.' })
  duration_ms!: number | null;

  @ApiProperty({ ...SHARE, nullable: true })
  confidence!: number | null;

  @ApiProperty({ ...orNull(PlanDto) })
  plan!: PlanDto | null;
}

/** For families that leave out what is not known yet. */
abstract class SparseTaskDto extends TaskBodyDto {
  @ApiPropertyOptional(MOMENT)
  completed_at?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'From acceptance to the end.' })
  duration_ms?: number;

  @ApiPropertyOptional(SHARE)
  confidence?: number;

  @ApiPropertyOptional({ type: () => PlanDto })
  plan?: PlanDto;
}

/** A task as the SDKs read it: `/tasks/task_<key>`. */
export class SdkTaskDto extends SparseTaskDto {
  @ApiProperty({ enum: statusWords('sdk') })
  status!: string;

  @ApiProperty({ ...orNull(ProgressDto) })
  progress!: ProgressDto | null;

  @ApiProperty({ ...orNull(TaskErrorDto) })
  error!: TaskErrorDto | null;
}

/** A task as the published OpenAPI document has it: `/tasks/<uuid>`. */
export class OpenApiTaskDto extends SparseTaskDto {
  @ApiProperty({ enum: statusWords('openapi') })
  status!: string;

  @ApiProperty({ ...orNull(ProgressDto) })
  progress!: ProgressDto | null;

  @ApiProperty({ type: 'string', nullable: true })
  error!: string | null;
}

/** A task as the component contracts have it: `/v1/task/{id}`. */
export class ContractTaskDto extends SparseTaskDto {
  @ApiProperty({ enum: statusWords('contract') })
  status!: string;

  @ApiProperty(SHARE)
  progress!: number;

  @ApiProperty({ ...orNull(TaskErrorDto) })
  error!: TaskErrorDto | null;
}

export class TaskListDto {
  @ApiProperty({ type: () => [TaskDto], description: 'Newest first.' })
  tasks!: TaskDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page.' })
  next_cursor!: string | null;
}
