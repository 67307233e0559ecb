import { ApiProperty } from '@nestjs/swagger';

export type Check = Record<string, unknown>;

export class ContractHealthDto {
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
