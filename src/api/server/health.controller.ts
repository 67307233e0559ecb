import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { AppConfig } from '../../common/config/config.service';
import { HealthRegistry } from '../../common/health';
import { metrics } from '../../common/metrics';
import { ServiceFacts } from '../../common/service-facts';
import { serviceOf } from '../http/service';
import { HealthDto, ReadyDto, RootDto } from './health.dto';
import { toHealth, toReady } from './health.mapper';
import { Public } from '../http/access.decorator';
import { VERSION } from '../http/version';
import type { HttpReply, HttpRequest, Wire } from '../http/types';

/** On the port or behind the name of another service they answer as that service. */
@ApiTags('Server')
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthRegistry,
    private readonly facts: ServiceFacts,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'root', summary: 'What this server is and where to go next' })
  @ApiOkResponse({ type: RootDto })
  root(@Req() { raw }: HttpRequest): Wire<RootDto> {
    return {
      service: `octollm-${serviceOf(raw)}`,
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
  async alive(@Req() { raw }: HttpRequest): Promise<Wire<HealthDto>> {
    const service = serviceOf(raw);
    return toHealth(await this.health.recent(), {
      version: VERSION,
      uptimeSeconds: process.uptime(),
      environment: this.config.values.ENVIRONMENT,
      now: this.clock.now(),
      service,
      more: await this.facts.of(service),
      usesRedis: this.config.redisUrl !== undefined,
    });
  }

  @Get('ready')
  @ApiOperation({ operationId: 'ready', summary: 'Can it do work: one answer per dependency' })
  @ApiOkResponse({ type: ReadyDto })
  @ApiResponse({ status: 503, type: ReadyDto, description: 'A required dependency is down; the same body' })
  async ready(@Req() { raw }: HttpRequest, @Res({ passthrough: true }) reply: HttpReply): Promise<Wire<ReadyDto>> {
    const body = toReady(await this.health.report(), serviceOf(raw));
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
