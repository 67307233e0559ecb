import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { Needs, callerOf } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpRequest, Wire } from '../http/types';
import { VERSION } from '../http/version';
import { EXECUTE_EXAMPLES } from './examples';
import { ExecuteRequestDto } from './execute-request.dto';
import { replyOf } from './execute.mapper';
import { type Executed, Executions } from './executions.service';

class ResourceUsageDto {
  @ApiPropertyOptional({
    type: 'integer',
    description: 'Processor time of the program; absent when it was ended by force.',
  })
  cpu_time_ms?: number;
}

class GuideProvenanceDto {
  @ApiProperty({ type: 'string' })
  command_hash!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;

  @ApiProperty({ type: 'string' })
  executor_version!: string;

  @ApiProperty({ type: 'integer' })
  execution_duration_ms!: number;

  @ApiProperty({ type: 'integer' })
  exit_code!: number;

  @ApiProperty({ type: () => ResourceUsageDto })
  resource_usage!: ResourceUsageDto;
}

class GuideExecutionDto {
  @ApiProperty({ type: 'boolean' })
  success!: boolean;

  @ApiProperty({ type: 'string' })
  output!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'What it printed as errors, when it failed.' })
  error!: string | null;

  @ApiProperty({ type: () => GuideProvenanceDto })
  provenance!: GuideProvenanceDto;
}

const toGuide = ({ answer }: Executed, now: Date): Wire<GuideExecutionDto> => {
  const { exitCode, stdout, stderr, durationMs, commandHash, cpuTimeMs } = replyOf(answer);
  return {
    success: exitCode === 0,
    output: stdout,
    error: exitCode === 0 ? null : stderr || `exit code ${exitCode}`,
    provenance: {
      command_hash: `sha256:${commandHash}`,
      timestamp: now.toISOString(),
      executor_version: VERSION,
      execution_duration_ms: durationMs,
      exit_code: exitCode,
      resource_usage: {
        ...(cpuTimeMs !== undefined && { cpu_time_ms: cpuTimeMs }),
      },
    },
  };
};

/** The same for clients of the first phase, with an answer of their own. */
@ApiTags('Executor')
@Controller('api/v1')
export class GuideExecutorController {
  constructor(
    private readonly executions: Executions,
    private readonly clock: Clock,
  ) {}

  @Post('execute')
  @HttpCode(200)
  @Needs('sandbox:execute')
  @ApiOperation({ operationId: 'executePhase1', summary: 'Run a command or a program in the sandbox' })
  @ApiBody({ type: ExecuteRequestDto, examples: EXECUTE_EXAMPLES })
  @ApiOkResponse({ type: GuideExecutionDto })
  @ApiErrors(401, 403, 404, 408, 413, 415, 422, 503)
  async execute(@Req() request: HttpRequest): Promise<Wire<GuideExecutionDto>> {
    return toGuide(await this.executions.execute(request.body, callerOf(request)), this.clock.now());
  }
}
