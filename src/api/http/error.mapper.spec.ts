import { HttpException, NotFoundException } from '@nestjs/common';
import { BugError, TransientError, UserError } from '../../common/errors';
import { errorAnswer } from './error.mapper';
import { ERRORS } from './error-table';
import { InvalidRequest } from './invalid-request';
import { requestTo } from '../../../test/support/failed-request';

const ID = 'task-3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const NOW = new Date('2026-01-02T03:04:05Z');
const answer = (error: unknown, path = '/api/v1/tasks', method = 'POST', userAgent = '') =>
  errorAnswer(error, requestTo(`${method} ${path}`, { userAgent }), NOW);

describe('errorAnswer', () => {
  it('carries the union of what all clients read', () => {
    const error = new UserError('resource_not_found', `Task ${ID} not found`);
    expect(answer(error, `/api/v1/tasks/${ID}`, 'GET')).toEqual({
      status: 404,
      headers: { 'x-request-id': 'req_1', 'x-content-type-options': 'nosniff' },
      body: {
        error: `Task ${ID} not found`,
        message: `Task ${ID} not found`,
        code: 'resource_not_found',
        details: {},
        request_id: 'req_1',
        timestamp: '2026-01-02T03:04:05.000Z',
        detail: `Task ${ID} not found`,
        error_code: 'TASK_NOT_FOUND',
        category: 'not_found',
        retryable: false,
        suggestions: [expect.stringContaining('id')],
      },
    });
  });

  it('says 422 with a list on /api/v1 and 400 without one elsewhere', () => {
    const error = new InvalidRequest('body', [
      { type: 'missing', path: ['goal'], message: 'goal is required', input: null, constraint: 'isString' },
      { type: 'enum', path: ['budget', 'x'], message: 'x is bad', input: 1, constraint: 'isIn', bounds: { max: 3 } },
    ]);
    const guide = answer(error);
    expect(guide.status).toBe(422);
    expect(guide.body).toMatchObject({
      code: 'validation_error',
      message: 'goal is required (and 1 more).',
      details: { field: 'goal', constraint: 'isString', provided: null },
      detail: [
        { type: 'missing', loc: ['body', 'goal'], msg: 'goal is required', input: null },
        { type: 'enum', loc: ['body', 'budget', 'x'], msg: 'x is bad', input: 1 },
      ],
    });
    const elsewhere = answer(error, '/tasks');
    expect([elsewhere.status, elsewhere.body['detail']]).toEqual([400, undefined]);
  });

  it('makes the list also for a bad value that the desk found', () => {
    const error = new UserError('validation_error', 'cursor is not ours', {
      details: { field: 'cursor', provided: 'x' },
    });
    expect(answer(error).body['detail']).toEqual([
      { type: 'value_error', loc: ['body', 'cursor'], msg: 'cursor is not ours', input: 'x' },
    ]);
  });

  it('keeps 400 on /api/v1 for what is no validation, and says 409 to the client that can make nothing of 400', () => {
    const error = new UserError('invalid_operation', 'ended');
    expect(answer(error).status).toBe(400);
    const python = answer(error, '/tasks/task_AbCdEfGh12345678', 'DELETE', 'OctoLLM-Python-SDK/0.4.0');
    expect([python.status, python.body['code']]).toEqual([409, 'invalid_operation']);
  });

  it('refuses a goal at /submit with 400, elsewhere with 403', () => {
    const details = { pii_detected: false, injection_detected: true, pii_matches: [], injection_matches: [] };
    const error = new UserError('policy_violation', 'The goal tries to steer the model', { details });
    const statuses = ['/submit', '/tasks', '/v1/tasks', '/v1/task', '/api/v1/tasks'].map(
      (path) => answer(error, path).status,
    );
    expect(statuses).toEqual([400, 403, 403, 403, 403]);
    expect(answer(error, '/submit').body).toMatchObject({ error: 'Task blocked by security policy', details });
  });

  it('names the methods that a path takes', () => {
    const error = new UserError('method_not_allowed', 'no', { details: { allowed_methods: ['GET', 'POST'] } });
    expect(answer(error, '/api/v1/tasks', 'PUT')).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } });
  });

  it('asks for a credential where none was good enough', () => {
    expect(answer(new UserError('missing_auth', 'no key')).headers).toMatchObject({ 'www-authenticate': 'Bearer' });
  });

  it('puts an object in error for an unknown route, and leaves the query out', () => {
    const { status, body } = answer(new NotFoundException('Cannot GET /x?key=secret'), '/x', 'GET');
    expect(status).toBe(404);
    expect(body['error']).toEqual({ code: 'endpoint_not_found', message: 'There is no GET /x.', details: {} });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each([
    [413, 'payload_too_large'],
    [415, 'unsupported_media_type'],
    [400, 'invalid_format'],
    [408, 'execution_timeout'],
    [418, 'invalid_format'],
  ])('keeps the status %d of the HTTP layer', (status, code) => {
    const fromNest = answer(new HttpException('said by the framework', status), '/x');
    const fromFastify = answer(Object.assign(new Error('said by the framework'), { statusCode: status }), '/x');
    for (const { status: given, body } of [fromNest, fromFastify])
      expect([given, body['code']]).toEqual([status, code]);
  });

  it.each([
    new BugError('broken_invariant', 'row 7 of table steps has no task'),
    new TypeError('undefined is not a function'),
    new HttpException('framework fault', 500),
    Object.assign(new Error('connect ECONNREFUSED 10.0.0.3'), { statusCode: 503 }),
    'a text that was thrown',
    undefined,
  ])('says nothing of the cause of %p but an incident', (error) => {
    const { status, body, incidentId } = answer(error);
    expect([status, body['code'], body['retryable']]).toEqual([500, 'internal_server_error', false]);
    expect(body['details']).toEqual({ incident_id: incidentId });
    expect(JSON.stringify(body)).not.toMatch(/row 7|not a function|framework|ECONN|thrown/);
  });

  it('tells when to come back, in whole seconds of at least one', () => {
    const after = (error: TransientError) => {
      const { status, headers, body } = answer(error);
      return [status, headers['retry-after'], body['retry_after']];
    };
    expect(after(new TransientError('service_unavailable', 'down', { retryAfterSeconds: 0.2 }))).toEqual([503, '1', 1]);
    expect(after(new TransientError('rate_limit_exceeded', 'slow', { retryAfterSeconds: 7.5 }))).toEqual([429, '8', 8]);
    expect(after(new TransientError('model_timeout', 'late'))).toEqual([503, '5', 5]);
    expect(after(new TransientError('timeout', 'late'))).toEqual([504, undefined, undefined]);
  });

  it('lifts what the executor found out of the details', () => {
    const details = { allowed_commands: ['echo'], partial_output: 'so far', duration_ms: 1003, command: 'rm' };
    const denied = answer(new UserError('capability_denied', 'rm is not allowed', { details }), '/execute');
    expect([denied.status, denied.body]).toMatchObject([
      403,
      {
        success: false,
        error: 'rm is not allowed',
        error_type: 'CapabilityViolation',
        allowed_commands: ['echo'],
        partial_output: 'so far',
        duration_ms: 1003,
        detail: 'rm is not allowed',
        details,
      },
    ]);
    expect(denied.body).not.toHaveProperty('command');
    const missing = new UserError('validation_error', 'no code', { details: { field: 'existing_code' } });
    expect(answer(missing, '/code').body).toMatchObject({
      success: false,
      error: 'ValidationError',
      error_type: 'ValidationError',
      message: 'no code',
    });
    expect(answer(missing, '/validate').body).not.toHaveProperty('success');
  });

  it('judges a code it does not know by the kind of error', () => {
    expect(answer(new UserError('demonstration_limit', 'set OPENAI_API_KEY'), '/x').status).toBe(400);
    expect(answer(new UserError('constructor', 'strange'), '/x').status).toBe(400);
  });
});

describe('the table of codes', () => {
  it('has only statuses of errors', () => {
    for (const { status } of Object.values(ERRORS)) expect(status >= 400 && status < 600).toBe(true);
  });
});
