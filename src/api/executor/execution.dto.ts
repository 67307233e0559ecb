import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ACTION_TYPES, type ActionType, type ExecutionReply } from '../../contracts/direct';
import { EXECUTOR_CAPABILITIES, type ExecutorCapability } from '../../contracts/executor-capability';

class SandboxInfoDto {
  @ApiProperty({ type: 'string' })
  sandbox_id!: string;

  @ApiProperty({ type: 'string', description: '`bubblewrap`, `util-linux`, or `none` for a request over HTTP.' })
  engine!: string;

  @ApiProperty({ type: 'boolean', description: 'Whether a request left this machine.' })
  network!: boolean;

  @ApiProperty({ type: 'integer' })
  memory_limit_mb!: number;

  @ApiProperty({ type: 'boolean', description: 'Whether output beyond the limit was cut.' })
  truncated!: boolean;

  @ApiPropertyOptional({ type: 'string', description: 'The limit that ended it: wall, cpu, memory or output.' })
  limit?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Status of the answer to a request over HTTP.' })
  http_status?: number;
}

class ExecutionProvenanceDto {
  @ApiProperty({ type: 'string', example: 'executor' })
  arm_id!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;

  @ApiProperty({ enum: ACTION_TYPES })
  action_type!: ActionType;

  @ApiProperty({
    type: 'string',
    pattern: '^sha256:[0-9a-f]{64}$',
    description: 'Of command and arguments, joined by spaces.',
  })
  command_hash!: string;

  @ApiProperty({ enum: EXECUTOR_CAPABILITIES, isArray: true })
  capabilities_used!: ExecutorCapability[];
}

/** What came of it. A program that fails is an answer like any other. */
export class ExecutionDto {
  @ApiProperty({ type: 'boolean', description: 'Whether the exit code is 0.' })
  success!: boolean;

  @ApiProperty({ type: 'integer' })
  exit_code!: number;

  @ApiProperty({ type: 'string' })
  stdout!: string;

  @ApiProperty({ type: 'string' })
  stderr!: string;

  @ApiProperty({ type: 'string', description: 'The same as stdout.' })
  output!: string;

  @ApiProperty({ type: 'string', nullable: true })
  error!: string | null;

  @ApiProperty({ enum: ['completed', 'failed', 'timeout'] })
  status!: ExecutionReply['status'];

  @ApiProperty({ type: 'integer' })
  duration_ms!: number;

  @ApiProperty({ type: 'number' })
  duration_seconds!: number;

  @ApiProperty({ type: 'number' })
  execution_time_seconds!: number;

  @ApiProperty({ type: 'string', pattern: '^sbx_[0-9a-f]{32}$' })
  sandbox_id!: string;

  @ApiProperty({ type: () => SandboxInfoDto })
  sandbox_info!: SandboxInfoDto;

  @ApiProperty({ type: () => ExecutionProvenanceDto })
  provenance!: ExecutionProvenanceDto;
}

export class SandboxStatusDto {
  @ApiProperty({ type: 'string' })
  sandbox_id!: string;

  @ApiProperty({ enum: ['running', 'completed', 'terminated'] })
  status!: 'running' | 'completed' | 'terminated';

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;
}
