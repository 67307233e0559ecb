import { contractCode } from './error-contract';

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

describe('error_code', () => {
  it.each([
    ['resource_not_found', {}, `/v1/task/task-${UUID}`, 'TASK_NOT_FOUND'],
    ['resource_not_found', {}, '/tasks/task_AbCdEfGh12345678', 'TASK_NOT_FOUND'],
    ['resource_not_found', {}, '/v1/task/nonsense', 'INVALID_TASK_ID'],
    ['resource_not_found', {}, '/v1/task/nonsense/cancel', 'INVALID_TASK_ID'],
    ['resource_not_found', {}, '/sandbox/sbx_1/status', 'RESOURCE_NOT_FOUND'],
    ['validation_error', { field: 'budget.max_tokens' }, '/v1/task', 'INVALID_BUDGET'],
    ['validation_error', { field: 'parent_task_id' }, '/v1/task', 'INVALID_TASK_ID'],
    ['validation_error', { field: 'goal' }, '/v1/task', 'VALIDATION_ERROR'],
    ['invalid_api_key', {}, '/v1/task', 'INVALID_CAPABILITY_TOKEN'],
    ['invalid_api_key', {}, '/tasks', 'INVALID_API_KEY'],
    ['insufficient_permissions', {}, '/v1/task', 'INSUFFICIENT_CAPABILITIES'],
    ['capability_denied', {}, '/v1/task', 'INSUFFICIENT_CAPABILITIES'],
    ['rate_limit_exceeded', {}, '/v1/task', 'RATE_LIMIT_EXCEEDED'],
    ['execution_timeout', {}, '/v1/task', 'EXECUTION_TIMEOUT'],
    ['timeout', {}, '/v1/task', 'EXECUTION_TIMEOUT'],
    ['memory_limit_exceeded', {}, '/execute', 'MEMORY_LIMIT_EXCEEDED'],
    ['internal_server_error', {}, '/v1/task', 'INTERNAL_ERROR'],
    ['upstream_error', {}, '/v1/task', 'EXTERNAL_SERVICE_ERROR'],
    ['service_unavailable', {}, '/v1/task', 'EXTERNAL_SERVICE_ERROR'],
  ])('for %s %j at %s is %s', (code, details, path, expected) => {
    expect(contractCode(code, details, { path })).toBe(expected);
  });
});
