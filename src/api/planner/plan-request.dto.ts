import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { BudgetDto } from '../http/budget.dto';
import { Constraints, Nested, OptionalText, Text, TextList, TextOrRecord } from '../http/fields.decorator';
import { NULL } from '../http/nullable';

const MAX_ENTRY = 1_000;
const MAX_CONTEXT = 50_000;

/** The union of what all clients send to have a goal planned. */
export class PlanRequestDto {
  @ApiProperty({ type: 'string', minLength: 10, maxLength: 2_000, description: 'What is to be reached.' })
  @Text(10, 2_000)
  goal!: string;

  @ApiPropertyOptional({
    oneOf: [
      { type: 'array', maxItems: 20, items: { type: 'string', maxLength: MAX_ENTRY } },
      { type: 'object', additionalProperties: true, maxProperties: 20 },
      NULL,
    ],
    description: 'What the plan has to respect.',
  })
  @Constraints(20, MAX_ENTRY)
  @IsOptional()
  constraints?: string[] | Record<string, JsonValue> | null;

  @ApiPropertyOptional({ type: [String], maxItems: 20, description: 'Statements the outcome will be judged by.' })
  @TextList(20, MAX_ENTRY)
  @IsOptional()
  acceptance_criteria?: string[] | null;

  @ApiPropertyOptional({
    oneOf: [{ type: 'object', additionalProperties: true }, { type: 'string', maxLength: MAX_CONTEXT }, NULL],
    description: 'What is good to know besides. At most 50,000 bytes.',
  })
  @TextOrRecord(MAX_CONTEXT)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({ type: () => BudgetDto, description: 'Bounds the planning itself.' })
  @Nested(BudgetDto)
  @IsOptional()
  budget?: BudgetDto | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 128, description: 'Accepted for older clients.' })
  @OptionalText(1, 128)
  request_id?: string | null;
}
