import { getSchemaPath } from '@nestjs/swagger';

interface Null {
  type: 'object';
  nullable: true;
  enum: null[];
}

/** The one way to say "null" beside a reference in OpenAPI 3.0, where `nullable` needs a type of its own. */
export const NULL: Null = { type: 'object', nullable: true, enum: [null] };

/** Schema of an object that may be null. The class must also be named in `@ApiExtraModels`. */
export const orNull = (dto: new () => object): { oneOf: ({ $ref: string } | Null)[] } => ({
  oneOf: [{ $ref: getSchemaPath(dto) }, NULL],
});
