import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { SCOPES, type Scope } from '../../contracts/caller';
import { FutureInstant, Text } from '../http/fields.decorator';

const TYPES = ['test', 'live', 'admin'] as const;
const STATES = ['active', 'expired', 'revoked'] as const;
const MAX_DAYS = 3_650;
export const MAX_GRACE_HOURS = 24;

export class NewKeyDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: 120, description: 'For people: who or what uses the key.' })
  @Text(1, 120)
  name!: string;

  @ApiPropertyOptional({ enum: TYPES, default: 'live', description: 'Decides limits, and what the key begins with.' })
  @IsIn(TYPES)
  @IsOptional()
  type?: (typeof TYPES)[number] | null;

  @ApiPropertyOptional({ enum: SCOPES, isArray: true, description: 'All but admin and task:approve when absent.' })
  @IsIn(SCOPES, { each: true })
  @ArrayMinSize(1, { message: '$property must have at least one entry' })
  @IsArray({ message: '$property must be a list' })
  @IsOptional()
  scopes?: Scope[] | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_DAYS })
  @Max(MAX_DAYS)
  @Min(1)
  @IsInt()
  @IsOptional()
  expires_in_days?: number | null;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Instead of expires_in_days.' })
  @FutureInstant()
  @IsOptional()
  expires_at?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 20,
    maxLength: 200,
    description: 'A key of your own, in any form; made when absent.',
  })
  @Length(20, 200, {
    message: '$property must have 20 to 200 characters',
    context: { min_length: 20, max_length: 200 },
  })
  @IsString({ message: '$property must be a string' })
  @IsOptional()
  key?: string | null;
}

export class RotateKeyDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_GRACE_HOURS,
    default: MAX_GRACE_HOURS,
    description: 'How long the old key works on. 0 ends it at once.',
  })
  @Max(MAX_GRACE_HOURS)
  @Min(0)
  @IsInt()
  @IsOptional()
  grace_hours?: number | null;
}

export class KeyDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string' })
  name!: string;

  @ApiProperty({ enum: TYPES })
  type!: (typeof TYPES)[number];

  @ApiProperty({ type: 'string', description: 'The first characters of the key, to recognise it by.' })
  prefix!: string;

  @ApiProperty({ enum: SCOPES, isArray: true })
  scopes!: Scope[];

  @ApiProperty({ enum: STATES })
  status!: (typeof STATES)[number];

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Absent: never.' })
  expires_at?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  revoked_at?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'To the minute. Absent: never used.' })
  last_used_at?: string;
}

export class KeyListDto {
  @ApiProperty({ type: () => [KeyDto], description: 'The newest first, at most 1,000.' })
  keys!: KeyDto[];
}

class KeyValueDto {
  @ApiProperty({ type: 'string', description: 'The key. It is shown this once and kept nowhere.' })
  key!: string;
}

export class CreatedKeyDto extends IntersectionType(KeyDto, KeyValueDto) {}

export class RotatedKeyDto extends CreatedKeyDto {
  @ApiProperty({ type: 'string', format: 'uuid', description: 'The key this one takes the place of.' })
  replaces!: string;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'When the old key ends.' })
  previous_expires_at!: string;
}
