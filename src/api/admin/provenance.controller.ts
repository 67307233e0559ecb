import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Provenance } from '../../provenance/provenance.service';
import { Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import { DEFAULT_LIMIT } from '../http/page-query.dto';
import type { Wire } from '../http/types';
import { ActionRecordListDto, ChainReportDto, ListRecordsDto } from './provenance.dto';
import { toActionRecord, toChainReport } from './provenance.mapper';

@ApiTags('Provenance')
@Needs('admin')
@Controller('api/v1/provenance')
export class ProvenanceController {
  constructor(private readonly provenance: Provenance) {}

  @Get()
  @ApiOperation({ operationId: 'listProvenance', summary: 'What was done, by whom and how it ended, newest first' })
  @ApiOkResponse({ type: ActionRecordListDto })
  @ApiErrors(422, 503)
  async list(@Query() { task_id: taskId, limit, cursor }: ListRecordsDto): Promise<Wire<ActionRecordListDto>> {
    const page = await this.provenance.page({
      limit: limit ?? DEFAULT_LIMIT,
      ...(taskId !== undefined && { taskId }),
      ...(cursor !== undefined && { cursor }),
    });
    return { records: page.records.map(toActionRecord), next_cursor: page.nextCursor };
  }

  @Get('verify')
  @ApiOperation({ operationId: 'verifyProvenance', summary: 'Whether any of it was changed, removed or added since' })
  @ApiOkResponse({ type: ChainReportDto })
  @ApiErrors(503)
  async verify(): Promise<Wire<ChainReportDto>> {
    return toChainReport(await this.provenance.verify());
  }
}
