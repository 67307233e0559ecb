/** What a code means on the wire. */
export interface ErrorMeaning {
  status: number;
  category: string;
  /** What the caller can do about it. */
  suggestion?: string;
}

const meaning = (status: number, category: string, suggestion?: string): ErrorMeaning => ({
  status,
  category,
  ...(suggestion !== undefined && { suggestion }),
});

const FIX_FIELD = 'Correct the field that the message names; /docs lists the fields and their bounds.';
const LATER = 'Send the request again after the seconds in retry_after.';
const USE_KEY = 'Send a valid key as X-API-Key or as Authorization: Bearer.';

/** Every code an answer can carry, with its HTTP status. */
export const ERRORS = {
  validation_error: meaning(400, 'validation', FIX_FIELD),
  missing_required_field: meaning(400, 'validation', FIX_FIELD),
  invalid_format: meaning(400, 'validation', FIX_FIELD),
  invalid_operation: meaning(
    400,
    'validation',
    'The message says what stands in the way; read the state of things before trying again.',
  ),
  missing_auth: meaning(401, 'authentication', USE_KEY),
  invalid_api_key: meaning(401, 'authentication', USE_KEY),
  expired_token: meaning(401, 'authentication', USE_KEY),
  insufficient_permissions: meaning(403, 'authorization'),
  quota_exceeded: meaning(403, 'authorization'),
  capability_denied: meaning(403, 'authorization'),
  policy_violation: meaning(403, 'authorization', 'Reword the goal without what the details name.'),
  host_not_allowed: meaning(403, 'authorization', 'Call the server as localhost or 127.0.0.1.'),
  origin_not_allowed: meaning(403, 'authorization', 'Call the server from a page of this machine, or from a program.'),
  resource_not_found: meaning(404, 'not_found', 'Check the id; GET /api/v1/tasks lists the tasks, GET /arms the arms.'),
  endpoint_not_found: meaning(404, 'not_found', 'Check path and method; /docs lists every route.'),
  method_not_allowed: meaning(405, 'validation', 'Use one of the methods in the header Allow.'),
  execution_timeout: meaning(408, 'timeout'),
  idempotency_conflict: meaning(409, 'validation', 'Use a new Idempotency-Key for another request.'),
  artifact_gone: meaning(
    410,
    'not_found',
    'Begin anew with the files; ARTIFACT_RETENTION_DAYS says how long bytes are kept.',
  ),
  payload_too_large: meaning(413, 'validation', 'Send less at once, or raise MAX_BODY_BYTES.'),
  uri_too_long: meaning(414, 'validation', 'Shorten the address.'),
  unsupported_media_type: meaning(415, 'validation', 'Send the body as Content-Type: application/json.'),
  headers_too_large: meaning(431, 'validation', 'Send fewer or shorter headers.'),
  rate_limit_exceeded: meaning(429, 'rate_limit', LATER),
  internal_server_error: meaning(500, 'internal', 'Report the incident_id; the server log has the cause under it.'),
  upstream_error: meaning(502, 'external', LATER),
  service_unavailable: meaning(503, 'external', LATER),
  timeout: meaning(504, 'timeout', LATER),
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof ERRORS;

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** The meaning of a code; one that is not in the table is judged by the kind of its error. */
export const meaningOf = (code: string, kind: 'user' | 'transient' | 'bug'): ErrorMeaning => {
  if (isKnown(code)) return ERRORS[code];
  if (kind === 'bug') return ERRORS.internal_server_error;
  return kind === 'transient' ? ERRORS.service_unavailable : meaning(400, 'validation');
};

/** The code for a status that the HTTP layer chose by itself. */
export const codeOfStatus = (status: number): ErrorCode => {
  if (status === 400) return 'invalid_format';
  if (status === 404) return 'endpoint_not_found';
  const match = Object.entries(ERRORS).find(([, entry]) => entry.status === status);
  if (match !== undefined && isKnown(match[0])) return match[0];
  return status < 500 ? 'invalid_format' : 'internal_server_error';
};
