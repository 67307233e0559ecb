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

/** What was really proven of the code, and how. */
class CodeProofDto {
  @ApiProperty({
    enum: ['valid', 'invalid', 'unchecked'],
    description: 'What a parser of the language says of it, for `test` of the tests; `unchecked` when none looked.',
  })
  syntax!: 'valid' | 'invalid' | 'unchecked';

  @ApiPropertyOptional({ type: 'string', description: "The parser's complaint, or why nobody looked." })
  syntax_note?: string;

  @ApiProperty({ enum: ['passed', 'failed', 'not_run'] })
  tests!: 'passed' | 'failed' | 'not_run';

  @ApiPropertyOptional({ type: 'string', description: 'Why tests were not run.' })
  tests_note?: string;

  @ApiProperty({ type: 'integer' })
  tests_passed!: number;

  @ApiProperty({ type: 'integer' })
  tests_failed!: number;

  @ApiProperty({ type: 'integer', description: 'Rounds of repair it took; 0 for a first draft.' })
  repairs!: number;
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

  @ApiPropertyOptional({ type: () => CodeProofDto, description: 'Absent where there is nothing to prove.' })
  proof?: CodeProofDto;
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
    description:
      '0.9 when its tests ran and passed, 0.7 when they passed but leave a doubt that `warnings` name, at most 0.6 without that, at most 0.3 when some fail.',
  })
  confidence!: number;

  @ApiProperty({ type: [String] })
  warnings!: string[];

  @ApiProperty({ type: () => CodeMetadataDto })
  metadata!: CodeMetadataDto;
}
