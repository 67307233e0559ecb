import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUuid, newId } from '../../common/ids';
import type { Inspection } from '../../contracts/inspection';
import { ReflexDesk } from '../../intake/reflex-desk.port';
import { callerOf, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpReply, HttpRequest, Wire } from '../http/types';
import { PROCESS_EXAMPLES } from './examples';
import { MaskedResultDto, ProcessDto, ProcessedDto } from './process.dto';
import { toMaskedResult, toOptions, toProcessed } from './process.mapper';
import { ReflexBounds } from './reflex-bounds.service';
import { CountReflexRequests } from './reflex-requests.guard';

@ApiTags('Reflex')
@Needs('task:submit')
@UseGuards(CountReflexRequests)
@Controller()
export class ProcessController {
  constructor(
    private readonly desk: ReflexDesk,
    private readonly bounds: ReflexBounds,
  ) {}

  @Post('process')
  @HttpCode(200)
  @ApiOperation({ operationId: 'processText', summary: 'Look through a text for personal data and prompt injection' })
  @ApiBody({ type: ProcessDto, examples: PROCESS_EXAMPLES })
  @ApiOkResponse({ type: ProcessedDto })
  @ApiErrors(400, 413, 415, 429)
  async process(
    @Body() body: ProcessDto,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Wire<ProcessedDto>> {
    const inspection = await this.inspect(body, request, reply);
    return toProcessed(inspection, isUuid(request.id) ? request.id : newId());
  }

  @Post('api/v1/reflex/process')
  @HttpCode(200)
  @ApiOperation({ operationId: 'processTextMasked', summary: 'The same in short, with every value masked' })
  @ApiBody({ type: ProcessDto, examples: PROCESS_EXAMPLES })
  @ApiOkResponse({ type: MaskedResultDto })
  @ApiErrors(413, 415, 422, 429)
  async masked(
    @Body() body: ProcessDto,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Wire<MaskedResultDto>> {
    return toMaskedResult(await this.inspect(body, request, reply));
  }

  private async inspect(body: ProcessDto, request: HttpRequest, reply: HttpReply): Promise<Inspection> {
    await this.bounds.check(request, reply, body.user_id);
    return this.desk.inspect(body.text, toOptions(body, callerOf(request).holder));
  }
}
