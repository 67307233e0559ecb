import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { Constraints, JsonRecord, Nested, OptionalText, Text, TextList, TextOrRecord } from '../http/fields.decorator';

const MAX_BYTES = 50_000;

/** A task as one component hands it to another. */
export class TaskContractDto {
  @ApiProperty({ type: 'string', maxLength: 100, description: 'Given back in the answer.' })
  @Text(1, 100)
  task_id!: string;

  @ApiProperty({ type: 'string', maxLength: 2000 })
  @Text(1, 2000)
  goal!: string;

  @ApiPropertyOptional({
    oneOf: [{ type: 'object', additionalProperties: true }, { type: 'string' }],
    description:
      'Fields that the arm takes besides the goal, under the names of its own route, e.g. `command` or `language`.',
  })
  @TextOrRecord(MAX_BYTES)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({
    oneOf: [
      { type: 'array', items: { type: 'string' } },
      { type: 'object', additionalProperties: true },
    ],
  })
  @Constraints(20, 1_000)
  @IsOptional()
  constraints?: string[] | Record<string, JsonValue> | null;

  @ApiPropertyOptional({ type: [String] })
  @TextList(20, 1_000)
  @IsOptional()
  acceptance_criteria?: string[] | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Accepted; an arm called by itself has a budget of its own.',
  })
  @JsonRecord(MAX_BYTES)
  @IsOptional()
  budget?: JsonObject | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @JsonRecord(MAX_BYTES)
  @IsOptional()
  metadata?: JsonObject | null;

  @ApiPropertyOptional({ type: 'string', description: 'The arm it is for, when the address names none.' })
  @OptionalText(1, 100)
  assigned_arm?: string | null;

  @ApiPropertyOptional({ type: 'string' })
  @OptionalText(1, 100)
  priority?: string | null;

  @ApiPropertyOptional({ type: 'string' })
  @OptionalText(1, 100)
  parent_task_id?: string | null;

  @ApiPropertyOptional({ type: [String] })
  @TextList(10, 100)
  @IsOptional()
  required_capabilities?: string[] | null;

  @ApiPropertyOptional({ type: 'string' })
  @OptionalText(1, 100)
  deadline?: string | null;

  @ApiPropertyOptional({ type: 'number' })
  @IsNumber()
  @IsOptional()
  deadline_seconds?: number | null;

  @ApiPropertyOptional({ type: 'string' })
  @OptionalText(1, 100)
  created_at?: string | null;

  @ApiPropertyOptional({ type: 'string' })
  @OptionalText(1, 100)
  api_version?: string | null;

  @ApiPropertyOptional({ type: 'string' })
  @OptionalText(1, 100)
  schema_version?: string | null;
}

export class ContractExecuteDto {
  @ApiProperty({ type: () => TaskContractDto })
  @Nested(TaskContractDto)
  task_contract!: TaskContractDto;

  @ApiProperty({ type: 'string', description: 'A capability token for this arm, signed or opaque.' })
  @Text(1, 5_000)
  capability_token!: string;

  @ApiPropertyOptional({ type: 'string' })
  @OptionalText(1, 128)
  request_id?: string | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 300, default: 30 })
  @Max(300)
  @Min(1)
  @IsInt()
  @IsOptional()
  timeout_seconds?: number | null;
}
