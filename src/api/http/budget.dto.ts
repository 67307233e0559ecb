import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';

/** What a task may use up, in either spelling. */
export class BudgetDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    default: 10_000,
    description: 'Prompt and completion tokens of all model calls.',
  })
  @Max(100_000)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_tokens?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 3600,
    description: 'Seconds of work. When absent: 60 on /tasks, else TASK_TIMEOUT_SECONDS (300).',
  })
  @Max(3600)
  @Min(1)
  @IsInt()
  @IsOptional()
  max_time_seconds?: number | null;

  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: 100,
    default: 1,
    description: 'US dollars for all model calls.',
  })
  @Max(100)
  @Min(0)
  @IsNumber()
  @IsOptional()
  max_cost_dollars?: number | null;

  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: 100,
    description: 'Another spelling of max_cost_dollars; the lower one counts.',
  })
  @Max(100)
  @Min(0)
  @IsNumber()
  @IsOptional()
  max_cost_usd?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 10,
    default: 3,
    description: 'Times a step is tried again after a passing fault.',
  })
  @Max(10)
  @Min(0)
  @IsInt()
  @IsOptional()
  max_retries?: number | null;
}
