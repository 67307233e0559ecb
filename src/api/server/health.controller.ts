import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { AppConfig } from '../../common/config/config.service';
import { HealthRegistry } from '../../common/health';
import { metrics } from '../../common/metrics';
import { HealthDto, ReadyDto, RootDto } from './health.dto';
import { toHealth, toReady } from './health.mapper';
import { VERSION } from '../http/version';
import type { HttpReply, Wire } from '../http/types';

@ApiTags('Server')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthRegistry,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'root', summary: 'What this server is and where to go next' })
  @ApiOkResponse({ type: RootDto })
  root(): Wire<RootDto> {
    return {
      service: 'octollm-orchestrator',
      version: VERSION,
      status: 'operational',
      docs: '/docs',
      health: '/health',
      ready: '/ready',
      metrics: '/metrics',
    };
  }

  @Get('health')
  @ApiOperation({ operationId: 'health', summary: 'Is the process alive; never waits for a dependency' })
  @ApiOkResponse({ type: HealthDto })
  async alive(): Promise<Wire<HealthDto>> {
    return toHealth(await this.health.recent(), {
      version: VERSION,
      uptimeSeconds: process.uptime(),
      environment: this.config.values.ENVIRONMENT,
      now: this.clock.now(),
    });
  }

  @Get('ready')
  @ApiOperation({ operationId: 'ready', summary: 'Can it do work: one answer per dependency' })
  @ApiOkResponse({ type: ReadyDto })
  @ApiResponse({ status: 503, type: ReadyDto, description: 'A required dependency is down; the same body' })
  async ready(@Res({ passthrough: true }) reply: HttpReply): Promise<Wire<ReadyDto>> {
    const body = toReady(await this.health.report());
    void reply.status(body.ready ? 200 : 503);
    return body;
  }

  @Get('metrics')
  @ApiOperation({ operationId: 'metrics', summary: 'Prometheus metrics' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async metrics(@Res({ passthrough: true }) reply: HttpReply): Promise<string> {
    void reply.type(metrics.contentType);
    return metrics.metrics();
  }
}
