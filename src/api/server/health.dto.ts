import { ApiProperty } from '@nestjs/swagger';

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

  @ApiProperty({ ...STRING_MAP, description: 'healthy or unhealthy by name.' })
  components!: Record<string, HealthWord>;

  @ApiProperty({ type: () => DependenciesDto })
  dependencies!: DependenciesDto;

  @ApiProperty({ type: 'string' })
  service!: string;

  @ApiProperty({ type: 'string' })
  environment!: string;

  @ApiProperty({ type: 'string' })
  message!: string;
}

export class ReadyDto {
  @ApiProperty({ type: 'boolean' })
  ready!: boolean;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean' } })
  checks!: Record<string, boolean>;

  @ApiProperty({ ...STRING_MAP, description: 'What was found, by name.' })
  details!: Record<string, string>;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;
}
