import type { JsonObject } from '../../contracts/json';
import { UserError } from '../../common/errors';

/** Where in the request the bad value was. */
export type RequestPart = 'body' | 'query' | 'header';

/** One bad value. */
export interface FieldIssue {
  /** Stable word for the kind of problem, as FastAPI's clients know them where it has one: `missing`, `string_too_short`. */
  type: string;
  /** Within the part; empty for the part as a whole. */
  path: (string | number)[];
  /** A sentence that names the field, what is wrong and what is allowed. */
  message: string;
  /** The value as it may be shown: see `echoValue`. */
  input: string | number | boolean | null;
  /** Name of the rule that was broken. */
  constraint: string;
  /** Bounds that apply, e.g. `min_length`. */
  bounds?: JsonObject;
}

/** A request that cannot be understood. Answered with 400, and with 422 and FastAPI's list on `/api/v1`. */
export class InvalidRequest extends UserError {
  constructor(
    readonly part: RequestPart,
    readonly issues: FieldIssue[],
  ) {
    const [first] = issues;
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
    super('validation_error', `${first?.message ?? 'The request is not valid'}${more}.`, {
      details: {
        field: first === undefined || first.path.length === 0 ? part : first.path.join('.'),
        constraint: first?.constraint ?? 'valid',
        provided: first?.input ?? null,
        ...first?.bounds,
      },
    });
  }
}
