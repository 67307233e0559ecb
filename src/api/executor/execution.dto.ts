import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ACTION_TYPES, type ActionType, COMMAND_RISKS, type CommandRisk } from '../../contracts/direct';
import { EXECUTOR_CAPABILITIES, type ExecutorCapability } from '../../contracts/executor-capability';
import type { JsonValue } from '../../contracts/json';
import { NULL } from '../http/nullable';

const SHA256 = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' } as const;
const MOMENT = { type: 'string', format: 'date-time' } as const;

class LeftOutDto {
  @ApiProperty({ type: 'string' })
  path!: string;

  @ApiProperty({ type: 'string', description: 'too_large, too_many, not_a_file or bad_name.' })
  reason!: string;
}

class SandboxInfoDto {
  @ApiProperty({ type: 'string' })
  sandbox_id!: string;

  @ApiProperty({
    type: 'string',
    description: '`bubblewrap`, `util-linux`, `quickjs`, or `none` for what needed no sandbox.',
  })
  engine!: string;

  @ApiProperty({ type: 'boolean', description: 'Whether a request left this machine.' })
  network!: boolean;

  @ApiProperty({ type: 'integer' })
  memory_limit_mb!: number;

  @ApiProperty({ type: 'boolean', description: 'Whether output beyond the limit was cut.' })
  truncated!: boolean;

  @ApiPropertyOptional({
    type: 'string',
    description: 'The limit that it met: wall, cpu, memory, output, disk or processes.',
  })
  limit?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Status of the answer to a request over HTTP.' })
  http_status?: number;

  @ApiPropertyOptional({
    enum: COMMAND_RISKS,
    description: 'What it may do to the world, judged by its words; absent while it waits for a person.',
  })
  risk?: CommandRisk;

  @ApiPropertyOptional({ type: [String], description: 'Why that risk; empty where there is nothing to say.' })
  risk_reasons?: string[];

  @ApiPropertyOptional({ type: 'integer', description: 'Absent when it was ended by force.' })
  cpu_time_ms?: number;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Most that its processes held together, as far as it was seen.',
  })
  max_memory_bytes?: number;

  @ApiPropertyOptional({ type: () => [LeftOutDto], description: 'Files that it left and that were not kept.' })
  left_out?: LeftOutDto[];
}

class ExecutionProvenanceDto {
  @ApiProperty({ type: 'string', example: 'executor' })
  arm_id!: string;

  @ApiProperty({ type: 'string', description: 'task-<uuid>: how the action log names it.' })
  task_id!: string;

  @ApiProperty(MOMENT)
  timestamp!: string;

  @ApiProperty({ enum: ACTION_TYPES })
  action_type!: ActionType;

  @ApiProperty({ ...SHA256, description: 'Of command and arguments, joined by spaces.' })
  command_hash!: string;

  @ApiProperty({ enum: EXECUTOR_CAPABILITIES, isArray: true })
  capabilities_used!: ExecutorCapability[];

  @ApiPropertyOptional({ ...SHA256, description: 'Of stdout, a NUL and stderr.' })
  output_hash?: string;

  @ApiPropertyOptional({ type: 'string' })
  capability_token_id?: string;

  @ApiPropertyOptional({ type: 'integer' })
  duration_ms?: number;

  @ApiPropertyOptional({ type: 'boolean' })
  success?: boolean;

  @ApiPropertyOptional({ type: 'integer' })
  exit_code?: number;
}

class ExecutionArtifactDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', description: 'In the workspace.' })
  path!: string;

  @ApiProperty({ type: 'integer', description: 'Bytes.' })
  size!: number;

  @ApiProperty({ type: 'string', pattern: '^[0-9a-f]{64}$' })
  sha256!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  version!: number;

  @ApiProperty({ type: 'string', description: 'Where its bytes are.' })
  href!: string;
}

/** What somebody has to agree to before it is run. */
export class QuestionDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  approval_id!: string;

  @ApiProperty({ type: 'string', description: 'Why a person is asked, and what would be run.' })
  reason!: string;

  @ApiProperty({ ...MOMENT, description: 'When no answer counts as a refusal.' })
  deadline!: string;

  @ApiProperty({ type: 'string', description: 'POST here to agree.' })
  approve!: string;

  @ApiProperty({ type: 'string', description: 'POST here to refuse.' })
  reject!: string;
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

  @ApiProperty({ enum: ['running', 'completed', 'failed', 'timeout'], description: 'running: it waits for a person.' })
  status!: 'running' | 'completed' | 'failed' | 'timeout';

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

  @ApiProperty({ type: () => [ExecutionArtifactDto], description: 'Files in the workspace that it made or changed.' })
  artifacts!: ExecutionArtifactDto[];

  @ApiPropertyOptional({
    description: 'What a tool or a QuickJS program handed back: any JSON.',
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: {} },
      { type: 'object', additionalProperties: true },
      NULL,
    ],
  })
  value?: JsonValue;

  @ApiPropertyOptional({ type: () => QuestionDto, description: 'Set while it waits for a person.' })
  approval?: QuestionDto;
}

class ExecutionErrorDto {
  @ApiProperty({ type: 'string', example: 'approval_rejected' })
  code!: string;

  @ApiProperty({ type: 'string' })
  message!: string;
}

export class SandboxStatusDto {
  @ApiProperty({ type: 'string' })
  sandbox_id!: string;

  @ApiProperty({
    enum: ['running', 'completed', 'terminated'],
    description: 'terminated: it ended without an outcome; `error` says why.',
  })
  status!: 'running' | 'completed' | 'terminated';

  @ApiProperty(MOMENT)
  created_at!: string;

  @ApiProperty({ type: 'boolean', description: 'Whether it is held until a person agrees to it.' })
  waiting_for_approval!: boolean;

  @ApiPropertyOptional({ type: () => QuestionDto })
  approval?: QuestionDto;

  @ApiPropertyOptional({ type: () => ExecutionDto, description: 'The whole answer, once there is one.' })
  result?: ExecutionDto;

  @ApiPropertyOptional({ type: () => ExecutionErrorDto })
  error?: ExecutionErrorDto;
}
