import { ApiProperty } from '@nestjs/swagger';

abstract class SubmittedDto {
  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'string' })
  message!: string;

  @ApiProperty({ type: 'integer', description: 'What similar tasks took.' })
  estimated_duration_seconds!: number;

  @ApiProperty({ type: 'integer', description: 'The same.' })
  estimated_completion_seconds!: number;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'The same as a moment.' })
  estimated_completion!: string;
}

/** Answer to a submit on `/api/v1/tasks` and `/v1/task`. */
export class SubmittedTaskDto extends SubmittedDto {
  @ApiProperty({ type: 'string', pattern: '^task-[0-9a-f-]{36}$' })
  task_id!: string;

  @ApiProperty({ enum: ['accepted'] })
  status!: string;
}

/** Answer to a submit on `/tasks`. */
export class SdkSubmittedTaskDto extends SubmittedDto {
  @ApiProperty({ type: 'string', pattern: '^task_[a-zA-Z0-9]{16}$' })
  task_id!: string;

  @ApiProperty({ enum: ['queued'] })
  status!: string;
}

/** Answer to `/submit`. */
export class OpenApiSubmittedTaskDto extends SubmittedDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  task_id!: string;

  @ApiProperty({ enum: ['pending'] })
  status!: string;
}
