import { applyDecorators } from '@nestjs/common';
import { IsString, Length } from 'class-validator';

/** Text of 1 to `max` characters that is taken as it is: white space is looked through like everything else. */
export const RawText = (max: number): PropertyDecorator =>
  applyDecorators(
    IsString({ message: '$property must be a string' }),
    Length(1, max, {
      message: `$property must have 1 to ${max} characters`,
      context: { min_length: 1, max_length: max },
    }),
  );
