import { ApiProperty } from '@nestjs/swagger';

const BREAKER_STATES = ['closed', 'open', 'half-open'] as const;

export class ReflexMetricsDto {
  @ApiProperty({ type: 'integer' })
  total_requests!: number;

  @ApiProperty({ type: 'integer' })
  successful_requests!: number;

  @ApiProperty({ type: 'integer' })
  failed_requests!: number;

  @ApiProperty({ type: 'integer' })
  blocked_requests!: number;

  @ApiProperty({ type: 'integer' })
  pii_detections!: number;

  @ApiProperty({ type: 'integer' })
  injection_detections!: number;

  @ApiProperty({ type: 'integer' })
  cache_hits!: number;

  @ApiProperty({ type: 'number' })
  total_latency_ms!: number;

  @ApiProperty({ type: 'number' })
  average_latency_ms!: number;

  @ApiProperty({ type: 'number', description: '0 to 1; 1 before the first request.' })
  success_rate!: number;

  @ApiProperty({ enum: BREAKER_STATES, description: 'Always closed: the reflex layer is in the same process.' })
  circuit_breaker_state!: (typeof BREAKER_STATES)[number];

  @ApiProperty({ type: 'integer' })
  circuit_breaker_failure_count!: number;
}

export class DebugStatsDto {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Tasks by status.' })
  task_counts!: Record<string, number>;

  @ApiProperty({ type: () => ReflexMetricsDto })
  reflex_metrics!: ReflexMetricsDto;
}
