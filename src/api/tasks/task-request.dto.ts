import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsOptional, Matches, Max, Min } from 'class-validator';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { NULL } from '../http/nullable';
import { PRIORITIES, type Priority, TASK_STATUSES, type TaskStatus } from '../../contracts/task';
import {
  Constraints,
  FutureInstant,
  JsonRecord,
  Nested,
  OptionalText,
  Text,
  TextList,
  TextOrRecord,
} from '../http/fields.decorator';

const MAX_ENTRY = 1_000;
const MAX_CONTEXT = 50_000;

export class BudgetDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    default: 10_000,
    description: 'Prompt and completion tokens of all model calls.',
  })
  @Max(100_000)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_tokens?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 3600,
    description: 'Seconds of work. TASK_TIMEOUT_SECONDS (300) when absent.',
  })
  @Max(3600)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_time_seconds?: number | null;

  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: 100,
    default: 1,
    description: 'US dollars for all model calls.',
  })
  @Max(100)
  @Min(0)
  @IsNumber()
  @IsOptional()
  max_cost_dollars?: number | null;

  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: 100,
    description: 'Another spelling of max_cost_dollars; the lower one counts.',
  })
  @Max(100)
  @Min(0)
  @IsNumber()
  @IsOptional()
  max_cost_usd?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 10,
    default: 3,
    description: 'Times a step is tried again after a passing fault.',
  })
  @Max(10)
  @Min(0)
  @IsInt()
  @IsOptional()
  max_retries?: number | null;
}

/** The union of what all clients send when they submit a task. */
export class SubmitTaskDto {
  @ApiProperty({
    type: 'string',
    minLength: 10,
    maxLength: 2000,
    description: 'What is to be reached, in your own words.',
  })
  @Text(10, 2000)
  goal!: string;

  @ApiPropertyOptional({
    oneOf: [
      { type: 'array', maxItems: 20, items: { type: 'string', maxLength: MAX_ENTRY } },
      { type: 'object', additionalProperties: true, maxProperties: 20 },
    ],
    description: 'What the result has to respect: a list of sentences, or an object of names and values.',
  })
  @Constraints(20, MAX_ENTRY)
  @IsOptional()
  constraints?: string[] | Record<string, JsonValue> | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 20,
    description: 'Statements the result is judged by. If one still fails after repair, the task fails.',
  })
  @TextList(20, MAX_ENTRY)
  @IsOptional()
  acceptance_criteria?: string[] | null;

  @ApiPropertyOptional({
    oneOf: [{ type: 'object', additionalProperties: true }, { type: 'string', maxLength: MAX_CONTEXT }, NULL],
    description: 'What the arms should know besides the goal. At most 50,000 bytes.',
  })
  @TextOrRecord(MAX_CONTEXT)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({ type: () => BudgetDto })
  @Nested(BudgetDto)
  @IsOptional()
  budget?: BudgetDto | null;

  @ApiPropertyOptional({ enum: PRIORITIES, default: 'medium' })
  @IsIn(PRIORITIES)
  @IsOptional()
  priority?: Priority | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Kept with the task, never shown to a model. At most 50,000 bytes.',
  })
  @JsonRecord(MAX_CONTEXT)
  @IsOptional()
  metadata?: JsonObject | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 10,
    maximum: 3600,
    description: 'Seconds from now after which the result is of no use.',
  })
  @Max(3600)
  @Min(10)
  @IsInt()
  @IsOptional()
  deadline_seconds?: number | null;

  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    description: 'The same as a moment; the earlier one counts.',
  })
  @FutureInstant()
  @IsOptional()
  deadline?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    description: 'Id of an existing task this one continues, in any of its forms.',
  })
  @OptionalText(1, 64)
  parent_task_id?: string | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 10,
    description: 'Capabilities the plan must use, e.g. code_generation.',
  })
  @TextList(10, 100)
  @IsOptional()
  required_capabilities?: string[] | null;

  @ApiPropertyOptional({
    type: 'string',
    deprecated: true,
    description: 'Accepted for older clients; routing decides.',
  })
  @OptionalText(1, 100)
  assigned_arm?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    deprecated: true,
    description: 'Accepted for older clients; the server gives the id.',
  })
  @OptionalText(1, 100)
  task_id?: string | null;

  @ApiPropertyOptional({ type: 'string', deprecated: true, description: 'Accepted for older clients.' })
  @OptionalText(1, 100)
  api_version?: string | null;

  @ApiPropertyOptional({ type: 'string', deprecated: true, description: 'Accepted for older clients.' })
  @OptionalText(1, 100)
  schema_version?: string | null;
}

export class CancelTaskDto {
  @ApiPropertyOptional({ type: 'string', maxLength: 500, description: 'Accepted for older clients; not kept.' })
  @OptionalText(1, 500)
  reason?: string | null;
}

export class ListTasksDto {
  @ApiPropertyOptional({ enum: TASK_STATUSES, description: 'Only tasks in this state.' })
  @IsIn(TASK_STATUSES)
  @IsOptional()
  status?: TaskStatus;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @Max(100)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  @IsOptional()
  limit?: number;

  @ApiPropertyOptional({ type: 'string', maxLength: 200, description: 'next_cursor of the page before.' })
  @Matches(/^[\w.:~=-]{1,200}$/, { message: '$property must be the next_cursor of the page before' })
  @IsOptional()
  cursor?: string;
}

export class WatchTaskDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    default: 0,
    description: 'Sequence number of the last event already seen.',
  })
  @Max(2_147_483_647)
  @Min(0)
  @IsInt()
  @Type(() => Number)
  @IsOptional()
  after?: number;
}
