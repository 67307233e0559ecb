import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { AppConfig } from '../../common/config/config.service';
import { HealthRegistry } from '../../common/health';
import { metrics } from '../../common/metrics';
import { Public } from '../http/access.decorator';
import type { HttpReply, Wire } from '../http/types';
import { VERSION } from '../http/version';
import { ContractHealthDto } from './contract-health.dto';
import { toContractHealth } from './contract-health.mapper';

/** Health and metrics as the component contracts name them. */
@ApiTags('Server')
@Public()
@Controller('v1')
export class ContractHealthController {
  constructor(
    private readonly health: HealthRegistry,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  @Get('health')
  @ApiOperation({ operationId: 'contractHealth', summary: 'Health with one check per part' })
  @ApiOkResponse({ type: ContractHealthDto })
  async alive(): Promise<Wire<ContractHealthDto>> {
    return toContractHealth(await this.health.report(), {
      version: VERSION,
      uptimeSeconds: process.uptime(),
      now: this.clock.now(),
      usesRedis: this.config.redisUrl !== undefined,
    });
  }

  @Get('metrics')
  @ApiOperation({ operationId: 'contractMetrics', summary: 'The same as /metrics' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async metrics(@Res({ passthrough: true }) reply: HttpReply): Promise<string> {
    void reply.type(metrics.contentType);
    return metrics.metrics();
  }
}
