import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

/** The body of every error. */
export class ErrorDto {
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }],
    description:
      'A text: the message, or a word of the family of routes. `{code, message, details}` for the SDKs and unknown routes.',
  })
  error!: unknown;

  @ApiProperty({ type: 'string', description: 'What is wrong and what to do, for people.' })
  message!: string;

  @ApiProperty({ type: 'string', description: 'Stable and machine readable.', example: 'validation_error' })
  code!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'For a bad field: field, constraint, provided.',
  })
  details!: object;

  @ApiProperty({ type: 'string', description: 'Also in the header X-Request-ID.' })
  request_id!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;

  @ApiPropertyOptional({
    oneOf: [
      { type: 'string' },
      { type: 'array', items: { type: 'object', required: ['type', 'loc', 'msg'], additionalProperties: true } },
    ],
    description:
      'On /api/v1: the message, or for a bad request one `{type, loc, msg, input}` per bad field. On /process and /execute: the message.',
  })
  detail?: unknown;

  @ApiPropertyOptional({ type: 'boolean', enum: [false], description: 'On /execute and /code.' })
  success?: false;

  @ApiPropertyOptional({ type: 'string', description: 'On /execute and /code, e.g. CapabilityViolation.' })
  error_type?: string;

  @ApiPropertyOptional({ type: [String], description: 'On /execute: what may be run.' })
  allowed_commands?: string[];

  @ApiPropertyOptional({ type: 'string', description: 'On /execute: what it had printed when its time was up.' })
  partial_output?: string;

  @ApiPropertyOptional({ type: 'number', description: 'On /execute.' })
  duration_ms?: number;

  @ApiProperty({ type: 'string' })
  error_code!: string;

  @ApiProperty({ type: 'string' })
  category!: string;

  @ApiProperty({ type: 'boolean' })
  retryable!: boolean;

  @ApiPropertyOptional({ type: 'integer', description: 'Seconds; with 429 and 503.' })
  retry_after?: number;

  @ApiPropertyOptional({ type: 'integer' })
  retry_after_seconds?: number;

  @ApiProperty({ type: [String] })
  suggestions!: string[];
}

/** What each status of an error means, in the documentation. */
export const ERROR_MEANINGS = {
  400: 'A field is missing, unknown or out of bounds, or this cannot be done in the present state',
  401: 'No credential, or one that is unknown, expired or revoked',
  403: 'The credential lacks the scope, or the request is refused by policy',
  404: 'Nothing has this id',
  408: 'The time limit ended it; what was printed by then is in partial_output',
  409: 'At odds with an earlier request, or with what has become of it',
  410: 'It was here, and its bytes were cleaned up',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'A field is missing, unknown or out of bounds',
  429: 'Too many requests; Retry-After says when to come back',
  500: 'An internal fault; the server log has it under incident_id',
  503: 'A dependency is down; try again later',
} as const;

/** Documents the errors a route answers with; 500 is always among them. */
export const ApiErrors = (...statuses: (keyof typeof ERROR_MEANINGS)[]): MethodDecorator =>
  applyDecorators(
    ...[...statuses, 500 as const].map((status) =>
      ApiResponse({
        status,
        description: ERROR_MEANINGS[status],
        // Spelled out, because a route that answers with another content type still answers its errors with this one.
        content: { 'application/json': { schema: { $ref: getSchemaPath(ErrorDto) } } },
      }),
    ),
  );
