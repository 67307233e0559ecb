import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { OptionalText } from '../http/fields.decorator';
import { Digits, PageQueryDto } from '../http/page-query.dto';
import { STATUS_FILTERS, type StatusFilter } from './status-words';

export class CancelTaskDto {
  @ApiPropertyOptional({ type: 'string', maxLength: 500, description: 'Accepted for older clients; not kept.' })
  @OptionalText(1, 500)
  reason?: string | null;
}

export class ListTasksDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: STATUS_FILTERS, description: 'Only tasks in this state, in the words of any client.' })
  @IsIn(STATUS_FILTERS)
  @IsOptional()
  status?: StatusFilter;
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
