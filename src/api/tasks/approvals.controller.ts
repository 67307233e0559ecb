import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../contracts/caller';
import { ApprovalDesk } from '../../intake/approval-desk.port';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpRequest, Wire } from '../http/types';
import { validated } from '../http/validation';
import { AnswerApprovalDto, ApprovalDto, ApprovalListDto, ListApprovalsDto } from './approval.dto';
import { toApprovalBody } from './approval.mapper';
import { DEFAULT_LIMIT } from '../http/page-query.dto';
import { TaskDoors } from './task-doors.service';
import { ApiTaskId } from './task-route.decorator';

/** Steps that wait for a person. Whoever submits tasks needs another scope to approve what they do. */
@ApiTags('Approvals')
@Controller('api/v1')
export class ApprovalsController {
  constructor(
    private readonly desk: ApprovalDesk,
    private readonly doors: TaskDoors,
  ) {}

  @Get('approvals')
  @Needs('task:read')
  @ApiOperation({
    operationId: 'listApprovals',
    summary: 'Questions about steps of any task, and of arms called by themselves, newest first',
  })
  @ApiOkResponse({ type: ApprovalListDto })
  @ApiErrors(422, 503)
  async list(@Query() { status, limit, cursor }: ListApprovalsDto): Promise<Wire<ApprovalListDto>> {
    const page = await this.desk.list({
      limit: limit ?? DEFAULT_LIMIT,
      ...(status !== undefined && { status }),
      ...(cursor !== undefined && { cursor }),
    });
    return { approvals: page.approvals.map(toApprovalBody), next_cursor: page.nextCursor };
  }

  @Get('tasks/:id/approvals')
  @Needs('task:read')
  @ApiOperation({ operationId: 'listTaskApprovals', summary: 'Questions about the steps of one task, oldest first' })
  @ApiTaskId()
  @ApiOkResponse({ type: ApprovalListDto })
  @ApiErrors(404, 503)
  async ofTask(@Param('id') id: string): Promise<Wire<ApprovalListDto>> {
    const approvals = await this.desk.ofTask(await this.doors.idOf(id));
    return { approvals: approvals.map(toApprovalBody), next_cursor: null };
  }

  @Post('tasks/:id/approve')
  @HttpCode(200)
  @Needs('task:approve')
  @ApiOperation({ operationId: 'approveTask', summary: 'Let a step that waits for a person go on' })
  @ApiTaskId()
  @ApiBody({ type: AnswerApprovalDto, required: false })
  @ApiOkResponse({ type: ApprovalDto })
  @ApiErrors(400, 404, 409, 415, 422, 503)
  approve(
    @Param('id') id: string,
    @Req() { body }: HttpRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Wire<ApprovalDto>> {
    return this.answer(id, body, caller, true);
  }

  @Post('tasks/:id/reject')
  @HttpCode(200)
  @Needs('task:approve')
  @ApiOperation({ operationId: 'rejectTask', summary: 'Refuse a step that waits for a person; the task fails' })
  @ApiTaskId()
  @ApiBody({ type: AnswerApprovalDto, required: false })
  @ApiOkResponse({ type: ApprovalDto })
  @ApiErrors(400, 404, 409, 415, 422, 503)
  reject(
    @Param('id') id: string,
    @Req() { body }: HttpRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Wire<ApprovalDto>> {
    return this.answer(id, body, caller, false);
  }

  private async answer(id: string, body: unknown, caller: Caller, approved: boolean): Promise<Wire<ApprovalDto>> {
    const { approval_id: approvalId, comment } =
      body === undefined ? new AnswerApprovalDto() : validated(AnswerApprovalDto, body, 'body');
    const approval = await this.desk.answer(await this.doors.idOf(id), approvalId?.toLowerCase(), {
      approved,
      by: caller.name,
      ...(typeof comment === 'string' && { comment }),
    });
    return toApprovalBody(approval);
  }
}
