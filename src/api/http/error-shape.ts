import type { FailedRequest } from './failed-request';

/** Whether `error` is the object `{code, message, details}` or a string. */
export type ErrorShape = 'object' | 'string';

const DIALECTS = new Map<string, ErrorShape>([
  ['sdk', 'object'],
  ['openapi', 'string'],
  ['guide', 'string'],
  ['contract', 'string'],
]);

/** What the TypeScript SDK calls. It loses the message of an error that is a string. */
const TYPESCRIPT_ROUTE =
  /^\/(tasks(\/.*)?|arms(\/.*)?|preprocess|cache\/stats|plan|execute|sandbox\/.*|search|code|validate|check)$/;

/** Routes that only the SDKs have, and tasks under the SDKs' form of an id. */
const isSdkRoute = ({ path, service }: FailedRequest): boolean =>
  /^(\/v1)?\/tasks$/.test(path) ||
  /^\/tasks\/task_[^/]*$/.test(path) ||
  /^\/arms(\/.*)?$/.test(path) ||
  (path === '/capabilities' && service === 'orchestrator');

/** The first rule that fits decides. */
export const errorShape = (request: FailedRequest, code: string): ErrorShape => {
  const wanted = DIALECTS.get(request.dialect.trim().toLowerCase());
  if (wanted !== undefined) return wanted;
  if (request.userAgent.startsWith('axios/') && TYPESCRIPT_ROUTE.test(request.path)) return 'object';
  return isSdkRoute(request) || code === 'endpoint_not_found' ? 'object' : 'string';
};
