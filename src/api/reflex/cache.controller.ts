import { Controller, Get, HttpCode, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { UserError } from '../../common/errors';
import { ReflexDesk } from '../../intake/reflex-desk.port';
import type { JsonObject } from '../../contracts/json';
import { callerOf, Needs } from '../http/access.decorator';
import { echoText } from '../http/echo';
import { errorAnswer } from '../http/error.mapper';
import { ApiErrors } from '../http/errors.decorator';
import { failedRequest } from '../http/failed-request';
import type { HttpReply, HttpRequest, Wire } from '../http/types';
import { CacheClearedDto, CacheEntryDto, CacheStatsDto } from './cache.dto';
import { toCacheEntry, toCacheStats, toCleared } from './cache.mapper';
import { CountReflexRequests } from './reflex-requests.interceptor';

@ApiTags('Reflex')
@UseInterceptors(CountReflexRequests)
@Controller()
export class ReflexCacheController {
  constructor(
    private readonly desk: ReflexDesk,
    private readonly clock: Clock,
  ) {}

  @Get('cache/stats')
  @Needs('task:read')
  @ApiOperation({ operationId: 'cacheStats', summary: 'How well the cache of inspections does' })
  @ApiOkResponse({ type: CacheStatsDto })
  @ApiErrors()
  stats(): Wire<CacheStatsDto> {
    return toCacheStats(this.desk.statistics());
  }

  @Post('cache/clear')
  @HttpCode(200)
  @Needs('admin')
  @ApiOperation({ operationId: 'clearCache', summary: 'Forget every inspection' })
  @ApiOkResponse({ type: CacheClearedDto })
  @ApiErrors()
  clear(): Wire<CacheClearedDto> {
    return toCleared(this.desk.clearCache());
  }

  @Get('v1/cache/:key')
  @Needs('task:read')
  @ApiOperation({ operationId: 'cacheEntry', summary: 'A remembered inspection, without a word of its text' })
  @ApiParam({ name: 'key', description: 'metadata.cache_key of an answer of /preprocess.' })
  @ApiOkResponse({ type: CacheEntryDto })
  @ApiErrors(404)
  entry(
    @Param('key') key: string,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Wire<CacheEntryDto> | JsonObject {
    const entry = this.desk.cached(key, callerOf(request).holder);
    if (entry !== undefined) return toCacheEntry(entry);
    const error = new UserError('resource_not_found', `No inspection is remembered under ${echoText(key)}.`);
    const { status, body } = errorAnswer(error, failedRequest(request), this.clock.now());
    void reply.status(status);
    return { ...body, cache_key: echoText(key), hit: false };
  }
}
