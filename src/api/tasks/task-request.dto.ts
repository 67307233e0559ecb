import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { PRIORITIES, type Priority } from '../../contracts/task';
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
import { NULL } from '../http/nullable';
import { BudgetDto } from '../http/budget.dto';

const GOAL = 'What is to be reached, in your own words.';
const MAX_ENTRY = 1_000;
const MAX_CONTEXT = 50_000;

/** The union of what all clients send beside the goal when they submit a task. */
abstract class TaskRequestDto {
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

export class SubmitTaskDto extends TaskRequestDto {
  @ApiProperty({ type: 'string', minLength: 10, maxLength: 2000, description: GOAL })
  @Text(10, 2000)
  goal!: string;
}

/** The published OpenAPI document lets goals be as short and as long as this. */
export class SubmitAnyGoalDto extends TaskRequestDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: 10_000, description: GOAL })
  @Text(1, 10_000)
  goal!: string;
}
