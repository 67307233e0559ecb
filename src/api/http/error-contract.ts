import { isUuid } from '../../common/ids';
import type { JsonObject } from '../../contracts/json';
import type { FailedRequest } from './failed-request';

/** Words of the component contracts where they differ from our code in capitals. */
const WORDS: Partial<Record<string, string>> = {
  internal_server_error: 'INTERNAL_ERROR',
  insufficient_permissions: 'INSUFFICIENT_CAPABILITIES',
  capability_denied: 'INSUFFICIENT_CAPABILITIES',
  upstream_error: 'EXTERNAL_SERVICE_ERROR',
  service_unavailable: 'EXTERNAL_SERVICE_ERROR',
  timeout: 'EXECUTION_TIMEOUT',
};

const TASK_ROUTE = /^(\/api\/v1|\/v1|\/stream)?\/tasks?\/([^/]+)/;
const KEY = /^task_[A-Za-z0-9]{16}$/;

const notFoundCode = (path: string): string => {
  const id = TASK_ROUTE.exec(path)?.[2];
  if (id === undefined) return 'RESOURCE_NOT_FOUND';
  const isTaskId = KEY.test(id) || isUuid(id.replace(/^task-/, ''));
  return isTaskId ? 'TASK_NOT_FOUND' : 'INVALID_TASK_ID';
};

const fieldCode = (field: unknown): string | undefined => {
  if (typeof field !== 'string') return undefined;
  if (field === 'budget' || field.startsWith('budget.')) return 'INVALID_BUDGET';
  return field === 'parent_task_id' ? 'INVALID_TASK_ID' : undefined;
};

/** There the credential is a capability token and nothing else. */
const TOKEN_CODES = ['missing_auth', 'invalid_api_key', 'expired_token'];

/** `error_code` of the component contracts, for one of our codes. */
export const contractCode = (code: string, details: JsonObject, { path }: Pick<FailedRequest, 'path'>): string => {
  if (code === 'resource_not_found') return notFoundCode(path);
  if (code === 'validation_error') return fieldCode(details['field']) ?? 'VALIDATION_ERROR';
  if (TOKEN_CODES.includes(code) && path.startsWith('/v1/')) return 'INVALID_CAPABILITY_TOKEN';
  return WORDS[code] ?? code.toUpperCase();
};
