import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CODE_OPERATIONS, type CodeOperation } from '../../contracts/direct';
import { ArmUsageDto } from '../http/arm-usage.dto';

/** What running the tests in the sandbox showed. */
class CodeTestRunDto {
  @ApiProperty({ type: 'boolean', description: 'False when nothing could be run; `reason` then says why.' })
  ran!: boolean;

  @ApiProperty({ type: 'integer' })
  passed!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({ type: [String] })
  failures!: string[];

  @ApiPropertyOptional({ type: 'string' })
  reason?: string;
}

class CodeMetadataDto extends ArmUsageDto {
  @ApiProperty({ type: 'integer', description: 'Solved problems that were offered to the model.' })
  memory_hits!: number;

  @ApiProperty({ type: 'boolean' })
  episodic_memory_used!: boolean;

  @ApiProperty({ enum: CODE_OPERATIONS })
  request_type!: CodeOperation;

  @ApiPropertyOptional({ type: () => CodeTestRunDto })
  test_run?: CodeTestRunDto;
}

export class CodeDto {
  @ApiProperty({ type: 'boolean', description: 'False when nothing was made; `explanation` says what would help.' })
  success!: boolean;

  @ApiProperty({ type: 'string', description: 'The whole code; for explain, analyze and test the code as given.' })
  code!: string;

  @ApiProperty({ type: 'string' })
  explanation!: string;

  @ApiProperty({ type: 'string', example: 'python' })
  language!: string;

  @ApiPropertyOptional({ type: 'string', description: 'Absent when there are none.' })
  tests?: string;

  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: '0.9 when its tests ran and passed, at most 0.6 without that, at most 0.3 when some fail.',
  })
  confidence!: number;

  @ApiProperty({ type: [String] })
  warnings!: string[];

  @ApiProperty({ type: () => CodeMetadataDto })
  metadata!: CodeMetadataDto;
}
