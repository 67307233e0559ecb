import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { AppConfig } from '../../common/config/config.service';
import { type HealthReport, HealthRegistry } from '../../common/health';
import { metrics } from '../../common/metrics';
import { BUILT_IN_ARMS } from '../../contracts/arm';
import { Public } from '../http/access.decorator';
import type { HttpReply, Wire } from '../http/types';
import { VERSION } from '../http/version';

type Check = Record<string, unknown>;

class ContractHealthDto {
  @ApiProperty({ enum: ['healthy', 'degraded'] })
  status!: 'healthy' | 'degraded';

  @ApiProperty({ type: 'string' })
  version!: string;

  @ApiProperty({ type: 'integer' })
  uptime_seconds!: number;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'object', additionalProperties: true } })
  checks!: Record<string, Check>;
}

const state = (ok: boolean | undefined): 'up' | 'down' => (ok === true ? 'up' : 'down');

/** Queue and vectors stand under the names of the servers that other installations keep them in. */
const checksOf = ({ probes }: HealthReport, usesRedis: boolean): Record<string, Check> => ({
  database: { status: state(probes['database']?.ok), latency_ms: probes['database']?.latencyMs ?? null },
  redis: { status: state(probes['queue']?.ok), backend: usesRedis ? 'redis' : 'postgresql' },
  qdrant: { status: state(probes['vector']?.ok) },
  arms: Object.fromEntries(BUILT_IN_ARMS.map((arm) => [arm, { status: 'up' }])),
});

/** Health and metrics as the component contracts name them. */
@ApiTags('Server')
@Public()
@Controller('v1')
export class ContractController {
  constructor(
    private readonly health: HealthRegistry,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  @Get('health')
  @ApiOperation({ operationId: 'contractHealth', summary: 'Health with one check per part' })
  @ApiOkResponse({ type: ContractHealthDto })
  async alive(): Promise<Wire<ContractHealthDto>> {
    const report = await this.health.report();
    return {
      status: Object.values(report.probes).every(({ ok }) => ok) ? 'healthy' : 'degraded',
      version: VERSION,
      uptime_seconds: Math.floor(process.uptime()),
      timestamp: this.clock.now().toISOString(),
      checks: checksOf(report, this.config.redisUrl !== undefined),
    };
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
