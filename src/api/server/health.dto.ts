import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const STRING_MAP = { type: 'object', additionalProperties: { type: 'string' } } as const;
const HEALTH_WORDS = ['healthy', 'unhealthy'] as const;
export type HealthWord = (typeof HEALTH_WORDS)[number];

export class RootDto {
  @ApiProperty({ type: 'string' })
  service!: string;

  @ApiProperty({ type: 'string' })
  version!: string;

  @ApiProperty({ type: 'string' })
  status!: string;

  @ApiProperty({ type: 'string' })
  docs!: string;

  @ApiProperty({ type: 'string' })
  health!: string;

  @ApiProperty({ type: 'string' })
  ready!: string;

  @ApiProperty({ type: 'string' })
  metrics!: string;
}

export class DependenciesDto {
  @ApiProperty({ enum: HEALTH_WORDS })
  postgres!: HealthWord;

  @ApiProperty({ enum: HEALTH_WORDS, description: 'The queue, which is not Redis in embedded mode.' })
  redis!: HealthWord;
}

export class HealthDto {
  @ApiProperty({ enum: ['healthy', 'degraded'], description: 'degraded: something is down; /ready says what.' })
  status!: 'healthy' | 'degraded';

  @ApiProperty({ type: 'string' })
  version!: string;

  @ApiProperty({ type: 'integer' })
  uptime_seconds!: number;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;

  @ApiProperty({
    ...STRING_MAP,
    description: 'healthy or unhealthy by name; redis also says when there is none.',
  })
  components!: Record<string, string>;

  @ApiProperty({ type: () => DependenciesDto })
  dependencies!: DependenciesDto;

  @ApiProperty({ type: 'string' })
  service!: string;

  @ApiProperty({ type: 'string' })
  environment!: string;

  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiPropertyOptional({ type: 'string', description: 'Reflex: connected or disconnected.' })
  redis?: string;

  @ApiPropertyOptional({ type: 'boolean', description: 'Reflex.' })
  cache_enabled?: boolean;

  @ApiPropertyOptional({ type: 'number', description: 'Reflex: 0 to 1.' })
  cache_hit_rate?: number;

  @ApiPropertyOptional({ type: 'number', description: 'Reflex: milliseconds per text.' })
  avg_latency_ms?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Reflex and safety guardian.' })
  patterns_loaded?: number;

  @ApiPropertyOptional({ type: 'string', description: 'Coder: the model it asks.' })
  model?: string;

  @ApiPropertyOptional({ type: 'string', description: 'Arms.' })
  arm_id?: string;

  @ApiPropertyOptional({ type: [String], description: 'Arms.' })
  capabilities?: string[];

  @ApiPropertyOptional({ type: 'integer', description: 'Arms: what it is working on in this process.' })
  active_tasks?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Arms.' })
  max_concurrent_tasks?: number;
}

export class ReadyDto {
  @ApiProperty({ type: 'boolean' })
  ready!: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'boolean' }, { type: 'string' }] },
    description: 'By name: true or false; texts when the reflex layer is asked.',
  })
  checks!: Record<string, boolean | string>;

  @ApiProperty({ ...STRING_MAP, description: 'What was found, by name.' })
  details!: Record<string, string>;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;
}
