import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { isRecord } from '../../common/is-record';
import type { JsonObject } from '../../contracts/json';
import { echoText, echoValue } from './echo';
import { nestedType } from './fields.decorator';
import { type FieldIssue, InvalidRequest, type RequestPart } from './invalid-request';

/** A body of thousands of unknown fields must not become an answer of thousands of lines. */
const MAX_ISSUES = 20;

/** class-validator's rules under the names FastAPI's clients know. */
const TYPES: Partial<Record<string, string>> = {
  isString: 'string_type',
  isInt: 'int_type',
  isNumber: 'float_type',
  isArray: 'list_type',
  isObject: 'dict_type',
  isIn: 'enum',
  min: 'greater_than_equal',
  max: 'less_than_equal',
  arrayMinSize: 'too_short',
  arrayMaxSize: 'too_long',
  matches: 'string_pattern_mismatch',
  isIso8601: 'datetime_parsing',
};

const boundsOf = (error: ValidationError, rule: string): JsonObject => {
  const bounds: unknown = error.contexts?.[rule];
  if (typeof bounds !== 'object' || bounds === null) return {};
  return {
    ...(bounds as JsonObject),
    ...(typeof error.value === 'string' && { provided_length: Array.from(error.value).length }),
  };
};

const typeOf = (rule: string, value: unknown, bounds: JsonObject): string => {
  if (rule === 'whitelistValidation') return 'extra_forbidden';
  if (value === undefined) return 'missing';
  if (rule !== 'isLength') return TYPES[rule] ?? 'value_error';
  return Number(bounds['provided_length']) < Number(bounds['min_length']) ? 'string_too_short' : 'string_too_long';
};

const issueOf = (error: ValidationError, path: FieldIssue['path'], rule: string, message: string): FieldIssue => {
  const field = path.join('.');
  const bounds = boundsOf(error, rule);
  const type = typeOf(rule, error.value, bounds);
  const texts: Partial<Record<string, string>> = {
    missing: `${field} is required`,
    extra_forbidden: `${field} is not a field of this request; leave it out`,
  };
  // Messages of class-validator begin with the name of the last part of the path.
  const full = message.replace(error.property, () => field);
  return {
    type,
    path,
    message: texts[type] ?? full,
    input: echoValue(error.value, error.property),
    constraint: rule,
    ...(Object.keys(bounds).length > 0 && { bounds }),
  };
};

const flatten = (errors: ValidationError[], parents: FieldIssue['path'] = []): FieldIssue[] =>
  errors.flatMap((error) => {
    const name = /^\d+$/.test(error.property) ? Number(error.property) : echoText(error.property);
    const path = [...parents, name];
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => issueOf(error, path, rule, message));
    return [...own, ...flatten(error.children ?? [], path)];
  });

/** Sets own fields one by one: class-transformer would copy free JSON, and stumbles over a key such as `constructor` in it. */
const toInstance = (dto: new () => object, value: Record<string, unknown>): object => {
  const instance = new dto();
  for (const [name, item] of Object.entries(value)) {
    // Under its own name this one would hide the class, and with it every rule.
    const key = name === 'constructor' ? '"constructor"' : name;
    const type = nestedType(instance, key);
    const build = (each: unknown): unknown => (type !== undefined && isRecord(each) ? toInstance(type, each) : each);
    Object.defineProperty(instance, key, {
      value: Array.isArray(item) && type !== undefined ? item.map(build) : build(item),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return instance;
};

/**
 * Checks a plain value against a DTO class and returns an instance of it.
 * @throws InvalidRequest naming every bad field, an unknown one included.
 */
export const validated = <T extends object>(dto: new () => T, value: unknown, part: RequestPart): T => {
  if (!isRecord(value)) {
    const message = value === undefined ? 'A JSON body is required' : 'The body must be a JSON object';
    const type = value === undefined ? 'missing' : 'dict_type';
    throw new InvalidRequest(part, [{ type, path: [], message, input: echoValue(value), constraint: 'object' }]);
  }
  const instance = (part === 'query' ? plainToInstance(dto, value) : toInstance(dto, value)) as T;
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    validationError: { target: false },
  });
  if (errors.length > 0) throw new InvalidRequest(part, flatten(errors).slice(0, MAX_ISSUES));
  return instance;
};

/** Applies `validated` to every `@Body()` and `@Query()` whose type is a DTO class. */
export class ValidateRequest implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || metatype === undefined || metatype === Object) return value;
    return validated(metatype as new () => object, type === 'query' ? { ...(value as object) } : value, type);
  }
}
