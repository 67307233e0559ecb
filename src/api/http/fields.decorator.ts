import { applyDecorators } from '@nestjs/common';
import { IsObject, IsOptional, IsString, Length, Matches, ValidateBy, ValidateNested } from 'class-validator';
import { isRecord } from '../../common/is-record';

const byteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Text of `min` to `max` characters with something in it to read. Checked in the order written here. */
export const Text = (min: number, max: number): PropertyDecorator =>
  applyDecorators(
    IsString({ message: '$property must be a string' }),
    Length(min, max, {
      message: `$property must have ${min} to ${max} characters`,
      context: { min_length: min, max_length: max },
    }),
    Matches(/\S/, { message: '$property must not be only white space' }),
  );

/** The same, when the field may be left out or null. */
export const OptionalText = (min: number, max: number): PropertyDecorator =>
  applyDecorators(Text(min, max), IsOptional());

const isText = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value.trim() !== '' && value.length <= max;

/** At most `maxItems` texts of at most `maxLength` characters, none of them blank. */
export const TextList = (maxItems: number, maxLength: number): PropertyDecorator =>
  ValidateBy({
    name: 'isTextList',
    validator: {
      validate: (value: unknown) =>
        Array.isArray(value) && value.length <= maxItems && value.every((item) => isText(item, maxLength)),
      defaultMessage: () =>
        `$property must be a list of at most ${maxItems} non-blank strings of at most ${maxLength} characters`,
    },
  });

/** A `TextList`, or an object of at most `maxItems` entries of which each gives one such text. */
export const Constraints = (maxItems: number, maxLength: number): PropertyDecorator =>
  ValidateBy({
    name: 'isConstraints',
    validator: {
      validate: (value: unknown) => {
        if (Array.isArray(value)) return value.length <= maxItems && value.every((item) => isText(item, maxLength));
        if (!isRecord(value)) return false;
        const entries = Object.entries(value);
        return (
          entries.length <= maxItems &&
          entries.every(([name, item]) => name.trim() !== '' && name.length + byteLength(item) <= maxLength)
        );
      },
      defaultMessage: () =>
        `$property must be a list of at most ${maxItems} non-blank strings of at most ${maxLength} characters, or an object of as many entries`,
    },
  });

/** A JSON object of at most `maxBytes` when written out. */
export const JsonRecord = (maxBytes: number): PropertyDecorator =>
  ValidateBy({
    name: 'isJsonRecord',
    validator: {
      validate: (value: unknown) => isRecord(value) && byteLength(value) <= maxBytes,
      defaultMessage: () => `$property must be a JSON object of at most ${maxBytes} bytes`,
    },
  });

/** A text of at most `max` characters, or a JSON object of at most `max` bytes. */
export const TextOrRecord = (max: number): PropertyDecorator =>
  ValidateBy({
    name: 'isTextOrRecord',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' ? value.length <= max : isRecord(value) && byteLength(value) <= max,
      defaultMessage: () =>
        `$property must be a string of at most ${max} characters or a JSON object of at most ${max} bytes`,
    },
  });

/** The moment an ISO 8601 text names; one without a zone is in UTC, as `datetime.utcnow().isoformat()` writes it. */
export const instantOf = (text: string): Date => new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);

/** An ISO 8601 instant, later than now. */
export const FutureInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isFutureInstant',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/.test(value) &&
        instantOf(value).getTime() > Date.now(),
      defaultMessage: () => '$property must be a moment in the future, e.g. 2030-01-31T12:00:00Z',
    },
  });

type DtoClass = new () => object;
const NESTED = Symbol('nested DTO');

/** An object, or with `each` a list of objects, that another DTO class describes. */
export const Nested = (type: DtoClass, { each = false } = {}): PropertyDecorator =>
  applyDecorators(
    IsObject({ each, message: `$property must be ${each ? 'a list of objects' : 'an object'}` }),
    ValidateNested({ each }),
    (target: object, key: string | symbol) => Reflect.defineMetadata(NESTED, type, target, key),
  );

/** The class given to `Nested` for a property of a DTO. */
export const nestedType = (instance: object, key: string): DtoClass | undefined =>
  Reflect.getMetadata(NESTED, instance, key) as DtoClass | undefined;
