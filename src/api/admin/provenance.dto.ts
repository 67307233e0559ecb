import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { CHAIN_FAULTS } from '../../contracts/provenance';
import { PageQueryDto } from '../http/page-query.dto';

const WHOLE = { type: 'integer', minimum: 0 } as const;
const HASH = { type: 'string', nullable: true, pattern: '^[0-9a-f]{64}$' } as const;

export class ListRecordsDto extends PageQueryDto {
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 255,
    description: 'Only what concerns this task: task_…, task-<uuid> or <uuid>; also the sandbox_id of a direct call.',
  })
  @Matches(/^[\w.:-]{1,255}$/, { message: '$property must be the id of a task' })
  @IsOptional()
  task_id?: string;
}

export class ActionRecordDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', description: 'task-<uuid>; empty for what concerns no task.' })
  task_id!: string;

  @ApiProperty({ type: 'string', description: 'Who did it: an arm, orchestrator, access or provenance.' })
  arm_id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'For whom: key:<id> or open.' })
  user_id!: string | null;

  @ApiProperty({
    type: 'string',
    description:
      'submitted, received, planned, grant_issued, execute, approval_approved, returned …; else the kind of the step, e.g. work or judge.',
  })
  action_type!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What was to be done, in words or as a kind of command.',
  })
  action!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'SHA-256 of the command and its arguments.' })
  command_hash!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;

  @ApiProperty({ type: 'number', minimum: 0, nullable: true })
  duration_ms!: number | null;

  @ApiProperty({ type: [String] })
  capabilities_used!: string[];

  @ApiProperty({ type: 'string', nullable: true })
  capability_token_id!: string | null;

  @ApiProperty({ type: 'boolean', nullable: true, description: 'Null where nothing can fail.' })
  success!: boolean | null;

  @ApiProperty({ type: 'integer', nullable: true })
  exit_code!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'SHA-256 of what came of it.' })
  output_hash!: string | null;

  @ApiProperty({ ...HASH, description: 'HMAC-SHA256 over this record and the one before; null for a moment.' })
  signature!: string | null;

  @ApiProperty({ ...HASH, description: 'The signature of the record before.' })
  previous_signature!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Place in the chain, from 1.' })
  position!: number | null;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Everything else that is known of it.' })
  details!: object;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'How it ended.' })
  result!: object;
}

export class ActionRecordListDto {
  @ApiProperty({ type: () => [ActionRecordDto] })
  records!: ActionRecordDto[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Hand it back as cursor to read on; null on the last page.',
  })
  next_cursor!: string | null;
}

class ChainFaultDto {
  @ApiProperty({ enum: CHAIN_FAULTS })
  kind!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Place in the chain; null for what has none.' })
  position!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Id of the record; null when it is gone.' })
  id!: string | null;

  @ApiProperty({ type: 'string' })
  message!: string;
}

export class ChainReportDto {
  @ApiProperty({ type: 'boolean', description: 'Whether every record is there, unchanged and in its place.' })
  intact!: boolean;

  @ApiProperty(WHOLE)
  rows_checked!: number;

  @ApiProperty({ ...WHOLE, description: 'Kept from before the chain was begun anew; vouched for by nobody.' })
  rows_accepted!: number;

  @ApiProperty({ ...WHOLE, description: 'Written just now, not chained yet.' })
  rows_waiting!: number;

  @ApiProperty({ type: 'integer', description: 'Position of the first record to check.' })
  first_position!: number;

  @ApiProperty({ type: 'integer', description: 'Position of the last record to check.' })
  last_position!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Where the chain is broken first.' })
  first_bad_position!: number | null;

  @ApiProperty({ type: () => [ChainFaultDto], description: 'At most 20, in the order of the chain.' })
  faults!: ChainFaultDto[];

  @ApiProperty(WHOLE)
  fault_count!: number;

  @ApiProperty(WHOLE)
  duration_ms!: number;
}
