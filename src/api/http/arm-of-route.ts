import { type ServiceName, serviceNamed } from '../../contracts/service';

/** The last word of a route's address that names work of one arm. */
const ARM_BY_WORD: Partial<Record<string, ServiceName>> = {
  plan: 'planner',
  execute: 'executor',
  sandbox: 'executor',
  search: 'retriever',
  documents: 'retriever',
  code: 'coder',
  validate: 'judge',
  check: 'safety-guardian',
};

/**
 * Whose work a route is, by its template (`/sandbox/:id/status`); undefined for what belongs to no single arm. `/execute` is
 * taken by every arm, so there the request decides: `executeArm`.
 */
const armOfRoute = (template: string, executeArm: () => ServiceName | undefined): ServiceName | undefined => {
  if (template === '/execute') return executeArm();
  const words = template.split('/').filter((word) => word !== '' && !word.startsWith(':'));
  return words.map((word) => ARM_BY_WORD[word]).findLast((found) => found !== undefined);
};

/** A capability token is good for its own arm's routes alone; `coder-001` is an instance of `coder`. */
export const isRouteOfArm = (
  armId: string,
  template: string,
  executeArm: () => ServiceName | undefined = () => undefined,
): boolean => {
  const arm = armOfRoute(template, executeArm);
  return arm !== undefined && arm === serviceNamed(armId);
};
