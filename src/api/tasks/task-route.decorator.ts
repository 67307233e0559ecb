import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';

/** Documents the id in a path. */
export const ApiTaskId = (): MethodDecorator =>
  applyDecorators(
    ApiParam({
      name: 'id',
      schema: { type: 'string' },
      description: 'task_<key>, <uuid> or task-<uuid>: any form of an id that a submit answered.',
    }),
  );

/** Documents where a new task is found. */
export const LOCATION = { Location: { description: 'Path of the new task.', schema: { type: 'string' } } } as const;
