import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { APPROVAL_STATUSES, type ApprovalStatus } from '../../contracts/approval';
import { ACTIONS, DIRECTIONS, FINDING_TYPES } from '../../contracts/verdict';
import { OptionalText } from '../http/fields.decorator';
import { PageQueryDto } from '../http/page-query.dto';

const MOMENT = { type: 'string', format: 'date-time' } as const;

export class AnswerApprovalDto {
  @ApiPropertyOptional({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Which question; the oldest open one of the task when left out.',
  })
  @IsUUID('all', { message: '$property must be the id of an approval, a UUID' })
  @IsOptional()
  approval_id?: string | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 500, nullable: true, description: 'Kept with the decision.' })
  @OptionalText(1, 500)
  comment?: string | null;
}

export class ListApprovalsDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: APPROVAL_STATUSES, description: 'Only questions in this state.' })
  @IsIn(APPROVAL_STATUSES)
  @IsOptional()
  status?: ApprovalStatus;
}

class ApprovalFindingDto {
  @ApiProperty({ enum: FINDING_TYPES })
  type!: string;

  @ApiProperty({ type: 'string', description: 'What it is, e.g. github_token.' })
  kind!: string;

  @ApiProperty({ enum: ['low', 'medium', 'high', 'critical'] })
  severity!: string;

  @ApiProperty({ enum: DIRECTIONS, description: 'Where the text was on its way to.' })
  direction!: string;

  @ApiProperty({ enum: ACTIONS, description: 'What the policy asks for.' })
  action!: string;

  @ApiProperty({ type: 'string', description: 'Where in what was looked at, e.g. passages.0.content.' })
  field!: string;
}

/** A question to a person about a step that waits for the answer. */
export class ApprovalDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  approval_id!: string;

  @ApiProperty({ type: 'string', description: 'task-<uuid>' })
  task_id!: string;

  @ApiProperty({ type: 'string', description: 'Key of the step within the task, e.g. s2.' })
  step!: string;

  @ApiProperty({ type: 'string' })
  arm!: string;

  @ApiProperty({ type: 'string', description: 'What the step does.' })
  action!: string;

  @ApiProperty({
    enum: ['input', 'output'],
    description: 'input: asked before the step does it. output: asked before its result counts.',
  })
  phase!: string;

  @ApiProperty({ type: 'string', description: 'Why a person is asked.' })
  reason!: string;

  @ApiProperty({ type: () => [ApprovalFindingDto] })
  findings!: ApprovalFindingDto[];

  @ApiProperty({ enum: APPROVAL_STATUSES, description: 'expired: nobody answered in time, or the task ended.' })
  status!: string;

  @ApiProperty(MOMENT)
  created_at!: string;

  @ApiProperty({ ...MOMENT, description: 'When no answer counts as a refusal.' })
  deadline!: string;

  @ApiProperty({ ...MOMENT, nullable: true })
  decided_at!: string | null;

  @ApiProperty({ type: 'string', nullable: true })
  decided_by!: string | null;

  @ApiProperty({ type: 'string', nullable: true })
  comment!: string | null;
}

export class ApprovalListDto {
  @ApiProperty({ type: () => [ApprovalDto] })
  approvals!: ApprovalDto[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Hand it back as cursor to read on; null on the last page.',
  })
  next_cursor!: string | null;
}
