import { Controller, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { UserError } from '../../common/errors';
import { ReflexDesk } from '../../intake/reflex-desk.port';
import type { JsonObject } from '../../contracts/json';
import { AnswerCache } from '../../memory/answers/answers.service';
import { callerOf, Needs } from '../http/access.decorator';
import { echoText } from '../http/echo';
import { errorAnswer } from '../http/error.mapper';
import { ApiErrors } from '../http/errors.decorator';
import { failedRequest } from '../http/failed-request';
import type { HttpReply, HttpRequest, Wire } from '../http/types';
import { CacheClearedDto, CacheEntryDto, CacheStatsDto } from './cache.dto';
import { toAnswerEntry, toCacheEntry, toCacheStats, toCleared } from './cache.mapper';
import { CountReflexRequests } from './reflex-requests.guard';

@ApiTags('Reflex')
@UseGuards(CountReflexRequests)
@Controller()
export class ReflexCacheController {
  constructor(
    private readonly desk: ReflexDesk,
    private readonly clock: Clock,
    private readonly answers: AnswerCache,
  ) {}

  @Get('cache/stats')
  @Needs('task:read')
  @ApiOperation({ operationId: 'cacheStats', summary: 'How well the caches of inspections and of answers do' })
  @ApiOkResponse({ type: CacheStatsDto })
  @ApiErrors(503)
  async stats(): Promise<Wire<CacheStatsDto>> {
    return toCacheStats(this.desk.statistics(), await this.answers.statistics());
  }

  @Post('cache/clear')
  @HttpCode(200)
  @Needs('admin')
  @ApiOperation({ operationId: 'clearCache', summary: 'Forget every inspection and every answer' })
  @ApiOkResponse({ type: CacheClearedDto })
  @ApiErrors(503)
  async clear(): Promise<Wire<CacheClearedDto>> {
    return toCleared(this.desk.clearCache() + (await this.answers.clear()));
  }

  @Get('v1/cache/:key')
  @Needs('task:read')
  @ApiOperation({
    operationId: 'cacheEntry',
    summary: 'A remembered inspection, without a word of its text, or a remembered answer',
  })
  @ApiParam({ name: 'key', description: 'metadata.cache_key of an answer of /preprocess.' })
  @ApiOkResponse({ type: CacheEntryDto })
  @ApiErrors(404, 503)
  async entry(
    @Param('key') key: string,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Wire<CacheEntryDto> | JsonObject> {
    const { holder } = callerOf(request);
    const entry = this.desk.cached(key, holder);
    if (entry !== undefined) return toCacheEntry(entry);
    const answer = await this.answers.peek(key, holder);
    if (answer !== undefined) return toAnswerEntry(answer);
    const error = new UserError('resource_not_found', `Nothing is remembered under ${echoText(key)}.`);
    const { status, body } = errorAnswer(error, failedRequest(request), this.clock.now());
    void reply.status(status);
    return { ...body, cache_key: echoText(key), hit: false };
  }
}
