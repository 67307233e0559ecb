import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppConfig } from '../../common/config/config.service';
import { UserError } from '../../common/errors';
import { metrics } from '../../common/metrics';
import { TaskCensus } from '../../intake/task-census.port';
import { Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { DebugStatsDto } from './debug.dto';
import { toReflexMetrics } from './debug.mapper';

@ApiTags('Server')
@Controller('debug')
export class DebugController {
  constructor(
    private readonly census: TaskCensus,
    private readonly config: AppConfig,
  ) {}

  @Get('stats')
  @Needs('admin')
  @ApiOperation({ operationId: 'debugStats', summary: 'Tasks by status, and how the reflex layer is doing' })
  @ApiOkResponse({ type: DebugStatsDto })
  @ApiErrors(404, 503)
  async stats(): Promise<Wire<DebugStatsDto>> {
    if (!this.config.values.ORCHESTRATOR_DEBUG) {
      throw new UserError('endpoint_not_found', 'There is no GET /debug/stats while ORCHESTRATOR_DEBUG is not true.');
    }
    const [counts, series] = await Promise.all([this.census.count(), metrics.getMetricsAsJSON()]);
    return { task_counts: counts, reflex_metrics: toReflexMetrics(series) };
  }
}
