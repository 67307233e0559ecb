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
import type { JsonObject } from '../../contracts/json';
import { JsonRecord, OptionalText, Text } from '../http/fields.decorator';

const MAX_COMMAND = 20_000;
const MAX_CODE = 100_000;
const MAX_ARGS = 100;
const MAX_VARIABLES = 50;
const MAX_SECONDS = 300;
const MAX_METADATA = 50_000;

export const OAS_ACTIONS = ['shell', 'http', 'python', 'javascript'] as const;
export const SDK_COMMANDS = ['shell', 'python', 'http', 'tool'] as const;

const isVariables = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MAX_VARIABLES &&
  Object.values(value).every((text) => typeof text === 'string' && text.length <= MAX_COMMAND);

/** An object of at most `MAX_VARIABLES` names, each with a text. */
const Variables = (): PropertyDecorator =>
  ValidateBy({
    name: 'isVariables',
    validator: {
      validate: isVariables,
      defaultMessage: () =>
        `$property must be an object of at most ${MAX_VARIABLES} names with a string of at most ${MAX_COMMAND} characters each`,
    },
  });

/** The union of what all clients send: `action_type`, `command_type`, or neither with a `command`; `code` for a program. */
export class ExecuteRequestDto {
  @ApiPropertyOptional({
    enum: OAS_ACTIONS,
    description: 'What `command` is. Shell when neither this nor `command_type` is given.',
  })
  @IsIn(OAS_ACTIONS)
  @IsOptional()
  action_type?: (typeof OAS_ACTIONS)[number] | null;

  @ApiPropertyOptional({ enum: SDK_COMMANDS, description: 'Another spelling of `action_type`.' })
  @IsIn(SDK_COMMANDS)
  @IsOptional()
  command_type?: (typeof SDK_COMMANDS)[number] | null;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: MAX_COMMAND,
    description:
      'shell: the name of a command, or a whole line when `args` is empty (no shell reads it). python: the program. http: an ' +
      'address, or a method with the address in `args`. Required unless `code` is given.',
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
    description: 'Source of a program, with `action_type` python.',
  })
  @OptionalText(1, MAX_CODE)
  code?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Variables of the environment. Those that steer programs, such as PATH or LD_PRELOAD, are refused.',
  })
  @Variables()
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

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Accepted and not used.' })
  @JsonRecord(MAX_METADATA)
  @IsOptional()
  metadata?: JsonObject | null;
}
