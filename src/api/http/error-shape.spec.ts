import { requestTo } from '../../../test/support/failed-request';
import { errorShape } from './error-shape';

const AXIOS = 'axios/1.7.2';
const PYTHON = 'OctoLLM-Python-SDK/0.4.0';
const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

describe('error is an object or a string', () => {
  it.each([
    // The SDKs' own routes, whoever calls.
    ['POST /tasks', '', 'object'],
    ['POST /tasks', PYTHON, 'object'],
    ['POST /v1/tasks', '', 'object'],
    ['PUT /tasks', '', 'object'],
    ['GET /tasks/task_AbCdEfGh12345678', 'curl/8', 'object'],
    ['DELETE /tasks/task_x', '', 'object'],
    ['GET /arms', '', 'object'],
    ['POST /arms/register', '', 'object'],
    ['GET /capabilities', '', 'object'],
    // The same paths in another family.
    [`GET /tasks/${UUID}`, '', 'string'],
    [`GET /tasks/task-${UUID}`, '', 'string'],
    ['GET /coder/capabilities', '', 'string'],
    ['POST /submit', '', 'string'],
    ['POST /submit', AXIOS, 'string'],
    ['POST /api/v1/tasks', '', 'string'],
    ['POST /api/v1/tasks', AXIOS, 'string'],
    ['POST /v1/task', '', 'string'],
    // What the TypeScript SDK calls, and the same from others.
    [`GET /tasks/${UUID}`, AXIOS, 'object'],
    ['POST /preprocess', AXIOS, 'object'],
    ['GET /cache/stats', AXIOS, 'object'],
    ['POST /plan', AXIOS, 'object'],
    ['POST /execute', AXIOS, 'object'],
    ['POST /executor/execute', AXIOS, 'object'],
    ['GET /sandbox/sbx_1/status', AXIOS, 'object'],
    ['POST /search', AXIOS, 'object'],
    ['POST /code', AXIOS, 'object'],
    ['POST /coder/code', AXIOS, 'object'],
    ['POST /validate', AXIOS, 'object'],
    ['POST /check', AXIOS, 'object'],
    ['POST /process', AXIOS, 'string'],
    ['POST /cache/clear', AXIOS, 'string'],
    ['POST /code', PYTHON, 'string'],
    ['POST /plan', '', 'string'],
    ['POST /execute', 'curl/8', 'string'],
    ['POST /process', '', 'string'],
  ])('%s from %p: %s', (line, userAgent, shape) => {
    expect(errorShape(requestTo(line, { userAgent }), 'validation_error')).toBe(shape);
  });

  it('is an object for an unknown route', () => {
    expect(errorShape(requestTo('GET /none'), 'endpoint_not_found')).toBe('object');
  });

  it.each([
    ['sdk', 'POST /submit', 'object'],
    ['SDK', 'POST /submit', 'object'],
    ['openapi', 'POST /tasks', 'string'],
    ['guide', 'POST /tasks', 'string'],
    ['contract', 'GET /none', 'string'],
    ['klingon', 'POST /tasks', 'object'],
  ])('is what X-OctoLLM-Dialect: %s says for %s: %s', (dialect, line, shape) => {
    expect(errorShape(requestTo(line, { dialect, userAgent: AXIOS }), 'endpoint_not_found')).toBe(shape);
  });
});
