import { ApiProperty } from '@nestjs/swagger';

/** What a directly called arm took; part of the `metadata` of its answer. */
export class ArmUsageDto {
  @ApiProperty({ type: 'string', description: '`demonstration` for the built-in one; `none` when no model was asked.' })
  model!: string;

  @ApiProperty({ type: 'integer' })
  tokens_used!: number;

  @ApiProperty({ type: 'number' })
  cost_usd!: number;

  @ApiProperty({ type: 'integer' })
  duration_ms!: number;
}
