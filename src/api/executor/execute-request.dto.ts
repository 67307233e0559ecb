import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { ACTION_TYPES, type ActionType } from '../../contracts/direct';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { JsonRecord, OptionalText, Text } from '../http/fields.decorator';
import { NULL } from '../http/nullable';

const MAX_COMMAND = 20_000;
const MAX_CODE = 100_000;
const MAX_ARGS = 100;
const MAX_VARIABLES = 50;
const MAX_SECONDS = 300;
const MAX_METADATA = 50_000;
const MAX_INPUT = 200_000;
const MAX_FILES = 100;
const MAX_FILE = 1_000_000;

const ENGINES = ['process', 'quickjs'] as const;

const isTexts = (value: unknown, most: number, longest: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= most &&
  Object.values(value).every((text) => typeof text === 'string' && text.length <= longest);

/** An object of at most `most` names, each with a text of at most `longest` characters. */
const Texts = (most: number, longest: number): PropertyDecorator =>
  ValidateBy({
    name: 'isTexts',
    validator: {
      validate: (value: unknown) => isTexts(value, most, longest),
      defaultMessage: () =>
        `$property must be an object of at most ${most} names with a string of at most ${longest} characters each`,
    },
  });

/** Any JSON of at most `most` bytes. */
const Json = (most: number): PropertyDecorator =>
  ValidateBy({
    name: 'isJsonOf',
    validator: {
      validate: (value: unknown) => Buffer.byteLength(JSON.stringify(value)) <= most,
      defaultMessage: () => `$property must be JSON of at most ${most} bytes`,
    },
  });

/** The union of what all clients send: `action_type`, `command_type`, or neither with a `command`; `code` for a program. */
export class ExecuteRequestDto {
  @ApiPropertyOptional({
    enum: ACTION_TYPES,
    description: 'What `command` is. Shell when neither this nor `command_type` is given.',
  })
  @IsIn(ACTION_TYPES)
  @IsOptional()
  action_type?: ActionType | null;

  @ApiPropertyOptional({ enum: ACTION_TYPES, description: 'Another spelling of `action_type`.' })
  @IsIn(ACTION_TYPES)
  @IsOptional()
  command_type?: ActionType | null;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: MAX_COMMAND,
    description:
      'shell: the name of a command, or a whole line when `args` is empty (no shell reads it). python, javascript, typescript: the ' +
      'program. http: an address, or a method with the address in `args`. tool: its name. Required unless `code` is given.',
  })
  @Text(1, MAX_COMMAND)
  @ValidateIf(
    ({ code, command }: ExecuteRequestDto) => (code ?? undefined) === undefined || (command ?? undefined) !== undefined,
  )
  command?: string | null;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_ARGS, description: 'Handed over as they are.' })
  @MaxLength(MAX_COMMAND, { each: true, message: `$property must be strings of at most ${MAX_COMMAND} characters` })
  @IsString({ each: true, message: '$property must be a list of strings' })
  @ArrayMaxSize(MAX_ARGS, { message: `$property must have at most ${MAX_ARGS} entries` })
  @IsArray({ message: '$property must be a list of strings' })
  @IsOptional()
  args?: string[] | null;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: MAX_CODE,
    description: 'Source of a program, with `action_type` python, javascript or typescript.',
  })
  @OptionalText(1, MAX_CODE)
  code?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Variables of the environment. Those that steer programs, such as PATH or LD_PRELOAD, are refused.',
  })
  @Texts(MAX_VARIABLES, MAX_COMMAND)
  @IsOptional()
  env?: Record<string, string> | null;

  @ApiPropertyOptional({ type: 'string', maxLength: 500, description: 'A folder of the workspace, or within /tmp.' })
  @OptionalText(1, 500)
  cwd?: string | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_SECONDS, default: 30 })
  @Max(MAX_SECONDS)
  @Min(1)
  @IsInt()
  @IsOptional()
  timeout_seconds?: number | null;

  @ApiPropertyOptional({
    type: 'number',
    minimum: 1,
    maximum: MAX_SECONDS,
    description: 'Another spelling of `timeout_seconds`; the lower one counts.',
  })
  @Max(MAX_SECONDS)
  @Min(1)
  @IsNumber()
  @IsOptional()
  timeout?: number | null;

  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Whether requests over HTTP may be made. False with `command_type` when absent, else true.',
  })
  @IsBoolean()
  @IsOptional()
  allow_network?: boolean | null;

  @ApiPropertyOptional({
    type: 'string',
    pattern: '^tok_[a-zA-Z0-9]+$',
    description: 'What the request may do. Without it, what the key or the open server allows.',
  })
  @Matches(/^tok_[a-zA-Z0-9]{1,200}$/, { message: '$property must be tok_ and letters and digits' })
  @IsString({ message: '$property must be a string' })
  @IsOptional()
  capability_token?: string | null;

  @ApiPropertyOptional({
    enum: ENGINES,
    description:
      'quickjs: short JavaScript as the body of a function of `input`, in an interpreter of our own without files, network and ' +
      'modules; what it returns is the `value` of the answer.',
  })
  @IsIn(ENGINES)
  @IsOptional()
  engine?: (typeof ENGINES)[number] | null;

  @ApiPropertyOptional({
    description: 'JSON for a tool or a QuickJS program; a tool without it takes its `args`.',
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: {} },
      { type: 'object', additionalProperties: true },
      NULL,
    ],
  })
  @Json(MAX_INPUT)
  @IsOptional()
  input?: JsonValue;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: `Texts that are laid into the workspace first, by relative path; at most ${MAX_FILES}.`,
    example: { 'data/numbers.txt': '1\n2\n' },
  })
  @Texts(MAX_FILES, MAX_FILE)
  @IsOptional()
  files?: Record<string, string> | null;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: 100,
    description: 'Go on in the workspace of an earlier execution (`sandbox_id`) or task of yours.',
  })
  @OptionalText(1, 100)
  workspace?: string | null;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description:
      'What needs the agreement of a person waits for it: the answer then has the status running and an `approval`, and ' +
      '`GET /sandbox/{id}/status` tells how it goes on. Otherwise it is refused.',
  })
  @IsBoolean()
  @IsOptional()
  wait_for_approval?: boolean | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: '`input` and `wait_for_approval` are also read from here, for clients that can send nothing else.',
  })
  @JsonRecord(MAX_METADATA)
  @IsOptional()
  metadata?: JsonObject | null;
}
