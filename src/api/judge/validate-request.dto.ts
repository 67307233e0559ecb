import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  type ValidationArguments,
  ValidateBy,
} from 'class-validator';
import { VALIDATION_LAYERS, type ValidationLayer } from '../../contracts/direct';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { JsonRecord, OptionalText, TextList, TextOrRecord } from '../http/fields.decorator';
import { NULL } from '../http/nullable';

const MAX_CONTEXT = 50_000;
const MAX_SCHEMA = 100_000;
const MAX_INSTRUCTION = 10_000;

/** Anything that is there; a text, unless the layers are named. */
const Output = (): PropertyDecorator =>
  ValidateBy({
    name: 'isOutput',
    validator: {
      validate: (value: unknown, { object }: ValidationArguments = {} as ValidationArguments) => {
        const { proposals, validation_types: types } = object as ValidateRequestDto;
        const isThere = value !== undefined && value !== null;
        if (proposals !== undefined && proposals !== null) return !isThere;
        return isThere && (typeof value === 'string' || types !== undefined);
      },
      defaultMessage: () =>
        '$property must be a string, or any other value but null where validation_types is given; beside proposals it is left out',
    },
  });

/** The union of what all clients send: `validation_types` names the layers, else `criteria` or `output_type` tell them. */
export class ValidateRequestDto {
  @ApiPropertyOptional({
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: {} },
      { type: 'object', additionalProperties: true },
    ],
    description:
      'What is to be judged. Only a string where `validation_types` is absent. Left out where `proposals` are given.',
  })
  @Output()
  output!: JsonValue;

  @ApiPropertyOptional({
    type: 'array',
    items: {},
    minItems: 2,
    maxItems: 8,
    description:
      'Answers to `instruction`, to be compared with each other, each pair in both orders; the best is then judged like an `output`.',
  })
  @ArrayMaxSize(8)
  @ArrayMinSize(2)
  @IsArray()
  @IsOptional()
  proposals?: JsonValue[] | null;

  @ApiPropertyOptional({ type: 'string', maxLength: MAX_INSTRUCTION, description: 'What was asked for.' })
  @OptionalText(1, MAX_INSTRUCTION)
  instruction?: string | null;

  @ApiPropertyOptional({
    enum: VALIDATION_LAYERS,
    isArray: true,
    minItems: 1,
    maxItems: 20,
    description: '`schema` needs `expected_schema`, `criteria` needs `acceptance_criteria`.',
  })
  @IsIn(VALIDATION_LAYERS, {
    each: true,
    message: `$property must be a list of any of ${VALIDATION_LAYERS.join(', ')}`,
  })
  @ArrayMaxSize(20)
  @ArrayMinSize(1)
  @IsArray()
  @IsOptional()
  validation_types?: ValidationLayer[] | null;

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'Statements the output has to meet.' })
  @TextList(50, 1_000)
  @IsOptional()
  acceptance_criteria?: string[] | null;

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'Another spelling of `acceptance_criteria`.' })
  @TextList(50, 1_000)
  @IsOptional()
  criteria?: string[] | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'JSON Schema of the output.' })
  @JsonRecord(MAX_SCHEMA)
  @IsOptional()
  expected_schema?: JsonObject | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Another spelling of `expected_schema`.',
  })
  @JsonRecord(MAX_SCHEMA)
  @IsOptional()
  expected_format?: JsonObject | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 20,
    description:
      'What facts are held against: addresses under which documents are stored here, or texts. Never fetched.',
  })
  @TextList(20, 10_000)
  @IsOptional()
  trusted_sources?: string[] | null;

  @ApiPropertyOptional({
    oneOf: [{ type: 'object', additionalProperties: true }, { type: 'string', maxLength: MAX_CONTEXT }, NULL],
    description: 'What the output was made from; `hallucination` holds it against this. At most 50,000 bytes.',
  })
  @TextOrRecord(MAX_CONTEXT)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 50, example: 'python_code', description: 'Kind of the output.' })
  @OptionalText(1, 50)
  output_type?: string | null;
}
