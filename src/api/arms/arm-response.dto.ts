import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { ARM_HEALTH, type ArmHealth } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';

export class ArmDto {
  @ApiProperty({ type: 'string' })
  arm_id!: string;

  @ApiProperty({ type: 'string' })
  name!: string;

  @ApiProperty({ type: 'string' })
  description!: string;

  @ApiProperty({ type: [String] })
  capabilities!: string[];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 5 })
  cost_tier!: number;

  @ApiProperty({ type: 'string', description: 'Base address.' })
  endpoint!: string;

  @ApiProperty({ type: 'string', enum: ARM_HEALTH, description: 'As it was last asked or called.' })
  status!: ArmHealth;

  @ApiProperty({ type: 'object', additionalProperties: true })
  input_schema!: JsonObject;

  @ApiProperty({ type: 'object', additionalProperties: true })
  output_schema!: JsonObject;

  @ApiProperty({ type: 'string' })
  version!: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Measured here, or as the arm says while it was not called.' })
  average_latency_ms?: number;

  @ApiProperty({ type: 'integer' })
  max_concurrent!: number;

  @ApiProperty({ type: 'integer' })
  max_concurrent_tasks!: number;

  @ApiPropertyOptional({ type: 'number', minimum: 0, maximum: 1, description: 'Absent until it has done something.' })
  success_rate?: number;

  @ApiProperty({ type: 'string' })
  health_check_endpoint!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata!: JsonObject;

  @ApiProperty({ type: 'string', description: '`built-in`, or how the arm is called: `remote`.' })
  kind!: string;

  @ApiPropertyOptional({ type: 'string', description: 'Why it is not healthy.' })
  last_error?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  last_seen_at?: string;
}

export class ArmsDto {
  @ApiProperty({ type: () => [ArmDto] })
  arms!: ArmDto[];
}

export class RegisteredArmDto {
  @ApiProperty({ type: 'string', enum: ['registered', 'updated'] })
  status!: 'registered' | 'updated';

  @ApiProperty({ type: 'string' })
  arm_id!: string;

  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiProperty({ type: () => ArmDto })
  arm!: ArmDto;
}

export class RemovedArmDto {
  @ApiProperty({ type: 'string', enum: ['removed'] })
  status!: 'removed';

  @ApiProperty({ type: 'string' })
  arm_id!: string;

  @ApiProperty({ type: 'string' })
  message!: string;
}

export class ArmHealthDto {
  @ApiProperty({ type: 'string', enum: ['healthy', 'degraded', 'unhealthy'] })
  status!: 'healthy' | 'degraded' | 'unhealthy';

  @ApiProperty({ type: 'string' })
  version!: string;

  @ApiProperty({ type: 'string' })
  arm_id!: string;

  @ApiProperty({ type: [String] })
  capabilities!: string[];

  @ApiProperty({ type: 'integer' })
  max_concurrent_tasks!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  dependencies!: JsonObject;

  @ApiPropertyOptional({ type: 'string', description: 'Why it is not healthy.' })
  message?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'When it last answered.' })
  timestamp?: string;
}

/** At the orchestrator all arms and what they can do together, on an arm's port or behind its name the arm itself. */
export class CapabilitiesDto extends PartialType(ArmDto) {
  @ApiPropertyOptional({ type: () => [ArmDto] })
  arms?: ArmDto[];

  @ApiProperty({ type: [String] })
  override capabilities!: string[];

  @ApiPropertyOptional({ type: [String] })
  allowed_commands?: string[];

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'Executor: name, description and input_schema of each tool; `problem` says why one cannot be used.',
  })
  tools?: JsonObject[];

  @ApiPropertyOptional({ type: [String] })
  supported_languages?: string[];

  @ApiPropertyOptional({ type: [String] })
  detection_types?: string[];

  @ApiPropertyOptional({ type: 'integer' })
  patterns_loaded?: number;

  @ApiPropertyOptional({ type: 'boolean' })
  cache_enabled?: boolean;
}
