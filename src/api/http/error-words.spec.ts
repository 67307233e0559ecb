import { requestTo } from '../../../test/support/failed-request';
import { errorWord, executionType, isExecution } from './error-words';

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const MESSAGE = 'what a person needs to know';
const SAID = 'the message';

describe('what a string in error says', () => {
  it.each([
    ['POST /submit', 400, 'validation_error', SAID],
    ['POST /submit', 400, 'policy_violation', 'Task blocked by security policy'],
    ['POST /tasks', 403, 'policy_violation', SAID],
    [`GET /tasks/${UUID}`, 404, 'resource_not_found', SAID],
    ['POST /execute', 403, 'capability_denied', SAID],
    ['POST /executor/execute', 408, 'execution_timeout', SAID],
    ['POST /api/v1/execute', 403, 'capability_denied', SAID],
    ['POST /api/v1/tasks', 422, 'validation_error', SAID],
    ['POST /v1/task', 400, 'validation_error', SAID],
    ['POST /process', 400, 'validation_error', 'ValidationError'],
    ['POST /process', 415, 'unsupported_media_type', 'ValidationError'],
    ['POST /process', 429, 'rate_limit_exceeded', 'RateLimitError'],
    ['POST /process', 500, 'internal_server_error', 'InternalError'],
    ['POST /process', 503, 'service_unavailable', 'InternalError'],
    ['POST /reflex/process', 400, 'validation_error', 'ValidationError'],
    ['POST /code', 400, 'validation_error', 'ValidationError'],
    ['POST /coder/code', 401, 'missing_auth', 'Unauthorized'],
    ['POST /coder/execute', 400, 'validation_error', 'ValidationError'],
    ['POST /plan', 403, 'insufficient_permissions', 'Forbidden'],
    ['POST /search', 404, 'resource_not_found', 'NotFound'],
    ['POST /validate', 429, 'rate_limit_exceeded', 'RateLimitExceeded'],
    ['POST /check', 500, 'internal_server_error', 'InternalError'],
    ['POST /plan', 503, 'service_unavailable', 'ServiceUnavailable'],
    ['POST /plan', 504, 'timeout', 'ServiceUnavailable'],
    ['POST /preprocess', 413, 'payload_too_large', 'ValidationError'],
  ])('%s, %d %s: %s', (line, status, code, said) => {
    const word = errorWord(requestTo(line), { status, code, message: MESSAGE });
    expect(word).toBe(said === SAID ? MESSAGE : said);
  });
});

describe('error_type', () => {
  it.each([
    [400, 'ValidationError'],
    [401, 'Unauthorized'],
    [403, 'CapabilityViolation'],
    [404, 'NotFound'],
    [408, 'ExecutionTimeout'],
    [413, 'ValidationError'],
    [429, 'RateLimitExceeded'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
    [504, 'ExecutionTimeout'],
  ])('for %d is %s', (status, type) => expect(executionType(status)).toBe(type));

  it('is there on every form of /execute and /code', () => {
    const lines = ['/execute', '/code', '/coder/code', '/judge/execute', '/api/v1/execute', '/weather/execute'];
    expect(lines.map((line) => isExecution(requestTo(`POST ${line}`)))).toEqual(lines.map(() => true));
    expect(['/plan', '/codes', '/tasks/execute-1'].some((line) => isExecution(requestTo(`POST ${line}`)))).toBe(false);
  });
});
