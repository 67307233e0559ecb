import type { FailedRequest } from './failed-request';

/** What went wrong, as far as the words for it depend on it. */
interface Wrong {
  status: number;
  code: string;
  message: string;
}

const ARM_ROUTE = /^\/(preprocess|reflex|plan|search|code|validate|check|capabilities|cache\/clear|cache\/stats)$/;

const ARM_WORDS: Partial<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  429: 'RateLimitExceeded',
  500: 'InternalError',
  502: 'ServiceUnavailable',
  503: 'ServiceUnavailable',
  504: 'ServiceUnavailable',
};
const armWord = ({ status }: Wrong): string =>
  ARM_WORDS[status] ?? (status < 500 ? 'ValidationError' : 'InternalError');

/** The reflex layer has a closed list of words: what is none of the others is the caller's mistake or ours. */
const processWord = ({ status }: Wrong): string => {
  if (status === 429) return 'RateLimitError';
  return status < 500 ? 'ValidationError' : 'InternalError';
};

/** Whether an arm is called under its own name: `/coder/execute` is the coder's own route, `/execute` the executor's. */
const isOfAnArm = ({ path, prefix }: FailedRequest): boolean =>
  ARM_ROUTE.test(path) ||
  (path === '/execute' && prefix !== undefined && prefix !== 'executor' && prefix !== 'orchestrator');

/** What `error` says where it is a string: each family of routes has words of its own. */
export const errorWord = (request: FailedRequest, wrong: Wrong): string => {
  if (request.path === '/process') return processWord(wrong);
  if (isOfAnArm(request)) return armWord(wrong);
  if (wrong.code === 'policy_violation' && request.path === '/submit') return 'Task blocked by security policy';
  return wrong.message;
};

const EXECUTION_TYPES: Partial<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'CapabilityViolation',
  404: 'NotFound',
  408: 'ExecutionTimeout',
  429: 'RateLimitExceeded',
  502: 'ServiceUnavailable',
  503: 'ServiceUnavailable',
  504: 'ExecutionTimeout',
};

/** Routes that answer with `success`, and fail with it as well. */
export const isExecution = ({ path }: FailedRequest): boolean => path.endsWith('/execute') || path === '/code';

/** `error_type` of the executor and the coder. */
export const executionType = (status: number): string =>
  EXECUTION_TYPES[status] ?? (status < 500 ? 'ValidationError' : 'InternalError');
