import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Turns the digits of a query into a number. Anything else stays what it is, so that the answer can show it. */
export const Digits = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  );

/** Which part of a long list is wanted. */
export class PageQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'Entries on a page.' })
  @Max(100)
  @Min(1)
  @IsInt()
  @Digits()
  @IsOptional()
  limit?: number;

  @ApiPropertyOptional({ type: 'string', maxLength: 200, description: 'next_cursor of the page before.' })
  @Matches(/^[\w.:~=-]{1,200}$/, { message: '$property must be the next_cursor of the page before' })
  @IsOptional()
  cursor?: string;
}

/** Entries on a page of which nothing is said. */
export const DEFAULT_LIMIT = 20;
