import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, IsArray, IsBoolean, IsIn, IsOptional, ValidateIf } from 'class-validator';
import type { JsonObject } from '../../contracts/json';
import { TextOrRecord } from '../http/fields.decorator';
import { NULL } from '../http/nullable';
import { RawText } from '../http/raw-text.decorator';

const MAX_TEXT = 50_000;
const MAX_CONTEXT = 50_000;
/** Words of the published document, then those of the Python SDK. */
const TEXT_CHECKS = ['pii', 'content', 'policy', 'secrets', 'all'] as const;
const CONTENT_CHECKS = ['pii', 'injection', 'harmful_content', 'policy_violation'] as const;
const CHECK_WORDS = [...new Set([...TEXT_CHECKS, ...CONTENT_CHECKS])];
export type CheckWord = (typeof TEXT_CHECKS)[number] | (typeof CONTENT_CHECKS)[number];

/** Whether a body speaks of `text`, and not of `content`. */
export const asksByText = ({ text, content }: Pick<CheckRequestDto, 'text' | 'content'>): boolean =>
  text !== undefined || content === undefined;

/** The union of what all clients send: `text` with `check_types`, or `content` with switches of its own. */
export class CheckRequestDto {
  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_TEXT, description: 'The text to look at.' })
  @RawText(MAX_TEXT)
  @ValidateIf(asksByText)
  text?: string;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_TEXT,
    description: 'Another spelling of `text`.',
  })
  @RawText(MAX_TEXT)
  @ValidateIf((body: CheckRequestDto) => !asksByText(body))
  content?: string;

  @ApiPropertyOptional({
    type: 'array',
    minItems: 1,
    items: { type: 'string', enum: CHECK_WORDS },
    description:
      'With `text` (required there): pii, content, policy, secrets, all. With `content`: pii, injection, harmful_content, policy_violation; the first three when absent.',
  })
  @IsIn(CHECK_WORDS, { each: true, message: `$property must be a list of any of ${CHECK_WORDS.join(', ')}` })
  @ArrayNotEmpty({ message: '$property must name at least one check' })
  @IsArray({ message: '$property must be a list' })
  @ValidateIf((body: CheckRequestDto) => asksByText(body) || (body.check_types ?? undefined) !== undefined)
  check_types?: CheckWord[] | null;

  @ApiPropertyOptional({
    oneOf: [{ type: 'object', additionalProperties: true }, { type: 'string', maxLength: MAX_CONTEXT }, NULL],
    description: 'Accepted; the rules do not need it.',
  })
  @TextOrRecord(MAX_CONTEXT)
  @IsOptional()
  context?: JsonObject | string | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'Whether `sanitized_text` has placeholders.' })
  @IsBoolean()
  @IsOptional()
  redact_pii?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'Whether high and critical risk block.' })
  @IsBoolean()
  @IsOptional()
  block_on_high_risk?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'Another spelling of `redact_pii`.' })
  @IsBoolean()
  @IsOptional()
  sanitize?: boolean | null;

  @ApiPropertyOptional({
    type: 'boolean',
    default: true,
    description: 'With `content` alone: personal data and secrets.',
  })
  @IsBoolean()
  @IsOptional()
  check_pii?: boolean | null;

  @ApiPropertyOptional({ type: 'boolean', default: true, description: 'With `content` alone: everything harmful.' })
  @IsBoolean()
  @IsOptional()
  check_harmful?: boolean | null;
}
