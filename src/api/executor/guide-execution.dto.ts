import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class ResourceUsageDto {
  @ApiPropertyOptional({
    type: 'integer',
    description: 'Processor time of the program; absent when it was ended by force.',
  })
  cpu_time_ms?: number;
}

class GuideProvenanceDto {
  @ApiProperty({ type: 'string' })
  command_hash!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;

  @ApiProperty({ type: 'string' })
  executor_version!: string;

  @ApiProperty({ type: 'integer' })
  execution_duration_ms!: number;

  @ApiProperty({ type: 'integer' })
  exit_code!: number;

  @ApiProperty({ type: () => ResourceUsageDto })
  resource_usage!: ResourceUsageDto;
}

/** What clients of the first phase read. */
export class GuideExecutionDto {
  @ApiProperty({ type: 'boolean' })
  success!: boolean;

  @ApiProperty({ type: 'string' })
  output!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'What it printed as errors, when it failed.' })
  error!: string | null;

  @ApiProperty({ type: () => GuideProvenanceDto })
  provenance!: GuideProvenanceDto;
}
