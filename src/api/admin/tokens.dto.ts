import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { JsonObject } from '../../contracts/json';
import { JsonRecord, Text } from '../http/fields.decorator';
import { CapabilityList } from './capability-list.decorator';

const KINDS = ['opaque', 'jwt'] as const;
const STATES = ['active', 'expired', 'revoked'] as const;
const MIN_LIFE = 300;
const MAX_LIFE = 3_600;
const MAX_METADATA_BYTES = 2_000;

export class CapabilityDto {
  @ApiProperty({ type: 'string' })
  action!: string;

  @ApiPropertyOptional({
    type: 'string',
    description:
      'What it may be done to; * at the end stands for anything. Of the executor: a command; for HttpGet, HttpPost, HttpAllHosts and ' +
      'network_access a host, or *.example.com for its subdomains.',
  })
  resource?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'By name: a list that contains the value, a range {min, max}, or the value itself.',
  })
  constraints?: object;
}

const CAPABILITIES: ApiPropertyOptions = {
  type: 'array',
  minItems: 1,
  maxItems: 50,
  items: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(CapabilityDto) }] },
};

export class NewTokenDto {
  @ApiProperty({ type: 'string', pattern: '^[A-Za-z0-9_-]{1,50}$', description: 'The arm it is good for.' })
  @Matches(/^[A-Za-z0-9_-]{1,50}$/, { message: '$property must have 1 to 50 letters, digits, _ or -' })
  arm_id!: string;

  @ApiProperty(CAPABILITIES)
  @CapabilityList()
  capabilities!: (string | CapabilityDto)[];

  @ApiPropertyOptional({ enum: KINDS, default: 'opaque', description: 'A handle (tok_…), or signed claims (HS256).' })
  @IsIn(KINDS)
  @IsOptional()
  kind?: (typeof KINDS)[number] | null;

  @ApiPropertyOptional({ type: 'integer', minimum: MIN_LIFE, maximum: MAX_LIFE, default: MIN_LIFE })
  @Max(MAX_LIFE)
  @Min(MIN_LIFE)
  @IsInt()
  @IsOptional()
  lifetime_seconds?: number | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'purpose, task_id, user_id and what else shall stand in it; at most 2,000 bytes.',
  })
  @JsonRecord(MAX_METADATA_BYTES)
  @IsOptional()
  metadata?: JsonObject | null;
}

export class TokenDto {
  @ApiProperty({ type: 'string', format: 'uuid', description: 'jti of a signed token.' })
  id!: string;

  @ApiProperty({ enum: KINDS })
  kind!: (typeof KINDS)[number];

  @ApiProperty({ type: 'string' })
  arm_id!: string;

  @ApiProperty(CAPABILITIES)
  capabilities!: unknown[];

  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata!: object;

  @ApiProperty({ enum: STATES })
  status!: (typeof STATES)[number];

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  expires_at!: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  revoked_at?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  last_used_at?: string;
}

export class IssuedTokenDto extends TokenDto {
  @ApiProperty({ type: 'string', description: 'The token. It is shown this once and kept nowhere.' })
  token!: string;
}

export class TokenListDto {
  @ApiProperty({ type: () => [TokenDto], description: 'The newest 200.' })
  tokens!: TokenDto[];
}

export class VerifyTokenDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: 8192 })
  @Text(1, 8_192)
  token!: string;
}

export class VerifiedTokenDto {
  @ApiProperty({ type: 'boolean' })
  valid!: boolean;

  @ApiPropertyOptional({ type: 'string', description: 'Absent when the token is unknown.' })
  arm_id?: string;

  @ApiProperty({ ...CAPABILITIES, minItems: 0 })
  capabilities!: unknown[];

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Absent when the token is unknown.' })
  expires_at?: string;

  @ApiPropertyOptional({ type: 'string', description: 'Why it is not valid.' })
  reason?: string;
}
