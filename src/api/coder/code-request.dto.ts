import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Length, ValidateIf } from 'class-validator';
import { CODE_OPERATIONS, type CodeOperation } from '../../contracts/direct';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { Constraints, OptionalText, Text, TextOrRecord } from '../http/fields.decorator';
import { NULL } from '../http/nullable';

/** Longest code that is worked on, in characters. */
const MAX_CODE = 100_000;
const MAX_CONTEXT = 50_000;
const MAX_INSTRUCTION = 1_000;
const MAX_PROMPT = 5_000;

/** Whether a body speaks of `request_type` and `instruction`, and not of `operation` and `prompt`. */
export const asksByRequestType = ({ request_type, instruction }: CodeRequestDto): boolean =>
  request_type !== undefined || instruction !== undefined;

/** Nothing at all counts as no code: clients fill in an empty text where they have none. */
const Code = (): PropertyDecorator =>
  applyDecorators(
    IsString({ message: '$property must be a string' }),
    Length(0, MAX_CODE, {
      message: `$property must have at most ${MAX_CODE} characters`,
      context: { max_length: MAX_CODE },
    }),
  );

/** The union of what all clients send: `request_type` with `instruction` and `language`, or `operation` with `prompt`. */
export class CodeRequestDto {
  @ApiPropertyOptional({ enum: CODE_OPERATIONS, description: 'What to do. Required with `instruction`.' })
  @IsIn(CODE_OPERATIONS)
  @ValidateIf(asksByRequestType)
  request_type?: CodeOperation;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 10,
    maxLength: MAX_INSTRUCTION,
    description: 'What exactly. Required with `request_type`.',
  })
  @Text(10, MAX_INSTRUCTION)
  @ValidateIf(asksByRequestType)
  instruction?: string;

  @ApiPropertyOptional({
    enum: CODE_OPERATIONS,
    description: 'Another spelling of `request_type`; goes with `prompt`.',
  })
  @IsIn(CODE_OPERATIONS)
  @ValidateIf((body: CodeRequestDto) => !asksByRequestType(body))
  operation?: CodeOperation;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 10,
    maxLength: MAX_PROMPT,
    description: 'Another spelling of `instruction`; goes with `operation`.',
  })
  @Text(10, MAX_PROMPT)
  @ValidateIf((body: CodeRequestDto) => !asksByRequestType(body))
  prompt?: string;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: 50,
    example: 'python',
    description: 'Required with `request_type`; with `operation` it is found out when absent.',
  })
  @Text(1, 50)
  @ValidateIf((body: CodeRequestDto) => asksByRequestType(body) || (body.language ?? undefined) !== undefined)
  language?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: MAX_CODE,
    description: 'The code to work on. Every operation but `generate` needs it.',
  })
  @Code()
  @IsOptional()
  existing_code?: string | null;

  @ApiPropertyOptional({ type: 'string', maxLength: MAX_CODE, description: 'Another spelling of `existing_code`.' })
  @Code()
  @IsOptional()
  code?: string | null;

  @ApiPropertyOptional({
    oneOf: [{ type: 'object', additionalProperties: true }, { type: 'string', maxLength: MAX_CONTEXT }, NULL],
    description: 'What is good to know besides. At most 50,000 bytes.',
  })
  @TextOrRecord(MAX_CONTEXT)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({
    oneOf: [
      { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 1_000 } },
      { type: 'object', additionalProperties: true, maxProperties: 20 },
      NULL,
    ],
    description: 'What the code has to respect.',
  })
  @Constraints(20, 1_000)
  @IsOptional()
  constraints?: string[] | Record<string, JsonValue> | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 500, example: 'pep8' })
  @OptionalText(1, 500)
  style_guide?: string | null;

  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Whether tests are handed back. True with `request_type`, false with `operation`, when absent.',
  })
  @IsBoolean()
  @IsOptional()
  include_tests?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'Whether public names get documentation.' })
  @IsBoolean()
  @IsOptional()
  include_docstrings?: boolean | null;
}
