import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsInt, IsNumber, IsOptional, Matches, Max, Min } from 'class-validator';
import { ARM_ID } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import { JsonRecord, Nested, OptionalText } from '../http/fields.decorator';
import { CapabilityNames } from './capability-names.decorator';

const MAX_SCHEMA_BYTES = 50_000;

/** One capability with what it takes and answers. All but the name is free JSON, and may be anything. */
export interface DescribedCapability {
  capability_name: string;
  description?: unknown;
  input_schema?: unknown;
  output_schema?: unknown;
  cost_tier?: unknown;
  avg_latency_ms?: unknown;
}

/** What can be said of an arm, by all clients together. */
class ArmFieldsDto {
  @ApiProperty({ type: 'string', pattern: ARM_ID.source, example: 'weather' })
  @Matches(ARM_ID, {
    message: '$property must have 1 to 50 letters, digits, _, . or -, and begin with a letter or digit',
  })
  arm_id!: string;

  @ApiPropertyOptional({ type: 'string', maxLength: 120, description: 'For people; the id when absent.' })
  @OptionalText(1, 120)
  name?: string | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 2000, description: 'What it does; planning goes by it.' })
  @OptionalText(1, 2_000)
  description?: string | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 40 })
  @OptionalText(1, 40)
  version?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: 500,
    description: 'Base address, with or without /execute at the end. http or https.',
    example: 'http://127.0.0.1:8103',
  })
  @OptionalText(1, 500)
  endpoint?: string | null;

  @ApiPropertyOptional({
    type: 'array',
    minItems: 1,
    maxItems: 50,
    items: {
      oneOf: [
        { type: 'string' },
        {
          type: 'object',
          required: ['capability_name'],
          additionalProperties: true,
          properties: {
            capability_name: { type: 'string' },
            description: { type: 'string' },
            input_schema: { type: 'object', additionalProperties: true },
            output_schema: { type: 'object', additionalProperties: true },
            cost_tier: { type: 'integer' },
            avg_latency_ms: { type: 'number' },
          },
        },
      ],
    },
  })
  @CapabilityNames()
  @IsOptional()
  capabilities?: (string | DescribedCapability)[] | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema of the body of /execute.',
  })
  @JsonRecord(MAX_SCHEMA_BYTES)
  @IsOptional()
  input_schema?: JsonObject | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'JSON Schema of its answer.' })
  @JsonRecord(MAX_SCHEMA_BYTES)
  @IsOptional()
  output_schema?: JsonObject | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 5, default: 3, description: '1 is cheap, 5 is dear.' })
  @Max(5)
  @Min(1)
  @IsInt()
  @IsOptional()
  cost_tier?: number | null;

  @ApiPropertyOptional({ type: 'number', minimum: 0 })
  @Min(0)
  @IsNumber()
  @IsOptional()
  average_latency_ms?: number | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, default: 10, description: 'Calls at once.' })
  @Max(1_000)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_concurrent?: number | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, description: 'The same as max_concurrent.' })
  @Max(1_000)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_concurrent_tasks?: number | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 500, description: 'Address or path; /health when absent.' })
  @OptionalText(1, 500)
  health_check_endpoint?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Kept as it is. `timeout_seconds` bounds one call (30 when absent).',
  })
  @JsonRecord(16_000)
  @IsOptional()
  metadata?: JsonObject | null;
}

/** An arm as the TypeScript SDK nests it: it may hand back what `GET /arms` gave it. */
export class ArmCapabilityDto extends PickType(ArmFieldsDto, [
  'name',
  'description',
  'version',
  'endpoint',
  'capabilities',
  'input_schema',
  'output_schema',
  'cost_tier',
  'average_latency_ms',
  'max_concurrent',
  'max_concurrent_tasks',
  'health_check_endpoint',
  'metadata',
] as const) {
  @ApiPropertyOptional({ type: 'string', maxLength: 50, description: 'Not read; arm_id beside capability counts.' })
  @OptionalText(1, 50)
  arm_id?: string | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 20, description: 'Not read; the arm itself is asked.' })
  @OptionalText(1, 20)
  status?: string | null;
}

export class RegisterArmDto extends ArmFieldsDto {
  @ApiPropertyOptional({ type: () => ArmCapabilityDto, description: 'The other fields, nested; these count first.' })
  @Nested(ArmCapabilityDto)
  @IsOptional()
  capability?: ArmCapabilityDto | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 60, description: 'Kept in the metadata.' })
  @OptionalText(1, 60)
  arm_type?: string | null;
}
