import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { OptionalText } from '../http/fields.decorator';
import { STATUS_FILTERS, type StatusFilter } from './status-words';

/** Turns the digits of a query into a number. Anything else stays what it is, so that the answer can show it. */
const Digits = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  );

export class CancelTaskDto {
  @ApiPropertyOptional({ type: 'string', maxLength: 500, description: 'Accepted for older clients; not kept.' })
  @OptionalText(1, 500)
  reason?: string | null;
}

export class ListTasksDto {
  @ApiPropertyOptional({ enum: STATUS_FILTERS, description: 'Only tasks in this state, in the words of any client.' })
  @IsIn(STATUS_FILTERS)
  @IsOptional()
  status?: StatusFilter;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'Tasks on a page.' })
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

export class WatchTaskDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    default: 0,
    description: 'Sequence number of the last event already seen.',
  })
  @Max(2_147_483_647)
  @Min(0)
  @IsInt()
  @Digits()
  @IsOptional()
  after?: number;
}
