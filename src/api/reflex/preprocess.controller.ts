import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import type { Caller } from '../../contracts/caller';
import { ReflexDesk } from '../../intake/reflex-desk.port';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { FILTER_EXAMPLES, PREPROCESS_EXAMPLES, REFLEX_EXAMPLES } from './examples';
import {
  FilterDto,
  FilteredDto,
  PreprocessDto,
  PreprocessedDto,
  ReflexActionDto,
  ReflexQueryDto,
} from './preprocess.dto';
import {
  textOf,
  toAction,
  toFiltered,
  toPreprocessed,
  toPreprocessOptions,
  toReflexOptions,
} from './preprocess.mapper';
import { CountReflexRequests } from './reflex-requests.interceptor';

@ApiTags('Reflex')
@Needs('task:submit')
@UseInterceptors(CountReflexRequests)
@Controller()
export class PreprocessController {
  constructor(
    private readonly desk: ReflexDesk,
    private readonly clock: Clock,
  ) {}

  @Post(['preprocess', 'v1/preprocess'])
  @HttpCode(200)
  @ApiOperation({
    operationId: 'preprocess',
    summary: 'What is to become of a text, and the text without personal data',
  })
  @ApiBody({ type: PreprocessDto, examples: PREPROCESS_EXAMPLES })
  @ApiOkResponse({ type: PreprocessedDto })
  @ApiErrors(400, 413, 415)
  preprocess(@Body() body: PreprocessDto, @CurrentCaller() caller: Caller): Wire<PreprocessedDto> {
    return toPreprocessed(this.desk.inspect(textOf(body), toPreprocessOptions(body, caller.holder)));
  }

  @Post('v1/filter/pii')
  @HttpCode(200)
  @ApiOperation({ operationId: 'filterPii', summary: 'A text with placeholders for personal data and secrets' })
  @ApiBody({ type: FilterDto, examples: FILTER_EXAMPLES })
  @ApiOkResponse({ type: FilteredDto })
  @ApiErrors(400, 413, 415)
  filter(@Body() { text }: FilterDto, @CurrentCaller() { holder }: Caller): Wire<FilteredDto> {
    return toFiltered(
      this.desk.inspect(text, { checkPii: true, checkInjection: false, useCache: true, tenant: holder }),
    );
  }

  @Post('reflex')
  @HttpCode(200)
  @ApiOperation({ operationId: 'reflex', summary: 'Answer at once, block, or hand on' })
  @ApiBody({ type: ReflexQueryDto, examples: REFLEX_EXAMPLES })
  @ApiOkResponse({ type: ReflexActionDto })
  @ApiErrors(400, 413, 415)
  reflex(@Body() body: ReflexQueryDto, @CurrentCaller() { holder }: Caller): Wire<ReflexActionDto> {
    const inspection = this.desk.inspect(body.query, toReflexOptions(body, holder));
    return toAction(body, inspection, { hints: this.desk.routingHints(body.query), now: this.clock.now() });
  }
}
