import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsOptional, Matches } from 'class-validator';
import type { JsonObject } from '../../contracts/json';
import { JsonRecord, Nested, OptionalText, Text } from '../http/fields.decorator';

export const DEFAULT_COLLECTION = 'retriever_memory';
const MAX_DOCUMENTS = 100;
const MAX_CONTENT = 200_000;
const MAX_METADATA_BYTES = 16_000;

const idOf = (document: unknown): unknown => (document as NewDocumentDto | null | undefined)?.id ?? Symbol('no id');

export class NewDocumentDto {
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 200,
    description: 'An id that exists is replaced. Made when absent.',
  })
  @OptionalText(1, 200)
  id?: string | null;

  @ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_CONTENT })
  @Text(1, MAX_CONTENT)
  content!: string;

  @ApiPropertyOptional({ type: 'string', maxLength: 500, description: 'Where it comes from; shown in citations.' })
  @OptionalText(1, 500)
  source?: string | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'At most 16,000 bytes.' })
  @JsonRecord(MAX_METADATA_BYTES)
  @IsOptional()
  metadata?: JsonObject | null;
}

export class IngestDocumentsDto {
  @ApiProperty({ type: () => [NewDocumentDto], minItems: 1, maxItems: MAX_DOCUMENTS })
  @ArrayUnique(idOf, { message: '$property must not name the same id twice' })
  @ArrayMaxSize(MAX_DOCUMENTS, { message: `$property must have at most ${MAX_DOCUMENTS} entries` })
  @ArrayMinSize(1, { message: '$property must have at least one entry' })
  @Nested(NewDocumentDto, { each: true })
  @IsArray({ message: '$property must be a list' })
  documents!: NewDocumentDto[];

  @ApiPropertyOptional({ type: 'string', default: DEFAULT_COLLECTION, pattern: '^[A-Za-z0-9_.-]{1,64}$' })
  @Matches(/^[A-Za-z0-9_.-]{1,64}$/, { message: '$property must have 1 to 64 letters, digits, _, . or -' })
  @IsOptional()
  collection?: string | null;
}

class RedactionDto {
  @ApiProperty({ type: 'string', description: 'Id of the document.' })
  document!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 1 },
    description: 'How many values of each kind were taken out.',
    example: { email: 2, github_token: 1 },
  })
  kinds!: Record<string, number>;
}

export class IngestedDocumentsDto {
  @ApiProperty({ type: 'string' })
  collection!: string;

  @ApiProperty({ type: [String], description: 'In the order of the request.' })
  ids!: string[];

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ type: [RedactionDto], description: 'The documents that values were taken out of.' })
  redactions!: RedactionDto[];
}
