import { ApiProperty } from '@nestjs/swagger';

export class ArtifactDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', description: 'In the form of the question.' })
  task_id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Step that made it; null for a file that was given.' })
  step!: string | null;

  @ApiProperty({ type: 'string', example: 'reports/sums.csv', description: 'Where it lies in the workspace.' })
  path!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'Counted up with every change; later steps see the newest.',
  })
  version!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Bytes.' })
  size!: number;

  @ApiProperty({ type: 'string', description: 'SHA-256 of the bytes, hex; also the ETag of the bytes.' })
  sha256!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'boolean', description: 'False once the bytes were cleaned up.' })
  available!: boolean;

  @ApiProperty({ type: 'string', description: 'Path of the bytes.' })
  url!: string;
}

export class ArtifactListDto {
  @ApiProperty({ type: () => [ArtifactDto], description: 'Oldest first; of more than 1,000 the latest.' })
  artifacts!: ArtifactDto[];
}
