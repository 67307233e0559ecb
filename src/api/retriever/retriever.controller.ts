import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IntakePort } from '../../intake/intake.port';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs, callerOf } from '../http/access.decorator';
import { ArmDoors } from '../http/arm-doors.service';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { validated } from '../http/validation';
import { SEARCH_EXAMPLES } from './examples';
import { SearchRequestDto } from './search-request.dto';
import { FoundDto } from './search-response.dto';
import { toFoundDto, toSearchCall } from './search.mapper';

@ApiTags('Retriever')
@Controller()
export class RetrieverController {
  constructor(
    private readonly intake: IntakePort,
    doors: ArmDoors,
  ) {
    doors.register('retriever', async (body, request) =>
      this.search(validated(SearchRequestDto, body, 'body'), callerOf(request)),
    );
  }

  @Post('search')
  @HttpCode(200)
  @Needs('memory:read')
  @ApiOperation({ operationId: 'search', summary: 'Find stored documents by their words and their meaning' })
  @ApiBody({ type: SearchRequestDto, examples: SEARCH_EXAMPLES })
  @ApiOkResponse({ type: FoundDto })
  @ApiErrors(400, 403, 413, 415, 503)
  async search(@Body() body: SearchRequestDto, @CurrentCaller() { holder }: Caller): Promise<Wire<FoundDto>> {
    return toFoundDto(await this.intake.run({ ...toSearchCall(body), holder }), body.query);
  }
}
