import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import type { Caller } from '../../contracts/caller';
import { ReflexDesk } from '../../intake/reflex-desk.port';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { FILTER_EXAMPLES, PREPROCESS_EXAMPLES, REFLEX_EXAMPLES } from './examples';
import { KnownAnswers } from './known-answers.service';
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
import { CountReflexRequests } from './reflex-requests.guard';

@ApiTags('Reflex')
@Needs('task:submit')
@UseGuards(CountReflexRequests)
@Controller()
export class PreprocessController {
  constructor(
    private readonly desk: ReflexDesk,
    private readonly known: KnownAnswers,
    private readonly clock: Clock,
  ) {}

  @Post(['preprocess', 'v1/preprocess'])
  @HttpCode(200)
  @ApiOperation({
    operationId: 'preprocess',
    summary: 'What is to become of a text, and the text without personal data',
    description:
      'decision is cache_hit when a task of the caller has answered the same text, alone, within the time answers are kept. A task that is submitted always runs.',
  })
  @ApiBody({ type: PreprocessDto, examples: PREPROCESS_EXAMPLES })
  @ApiOkResponse({ type: PreprocessedDto })
  @ApiErrors(400, 413, 415, 503)
  async preprocess(@Body() body: PreprocessDto, @CurrentCaller() caller: Caller): Promise<Wire<PreprocessedDto>> {
    const text = textOf(body);
    const options = toPreprocessOptions(body, caller.holder);
    return toPreprocessed(await this.known.added(text, this.desk.inspect(text, options), options, caller));
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
  @ApiErrors(400, 413, 415, 503)
  async reflex(@Body() body: ReflexQueryDto, @CurrentCaller() caller: Caller): Promise<Wire<ReflexActionDto>> {
    const { query } = body;
    const options = toReflexOptions(body, caller.holder);
    const inspection = await this.known.added(query, this.desk.inspect(query, options), options, caller);
    return toAction(body, inspection, { hints: this.desk.routingHints(query), now: this.clock.now() });
  }
}
