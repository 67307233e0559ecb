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
 * Whose work a route is, by its template (`/sandbox/:id/status`); undefined for what belongs to no single arm. Every arm takes
 * `/execute` under its own name, so there the name in the address decides.
 */
const armOfRoute = (template: string, prefix: ServiceName | undefined): ServiceName | undefined => {
  const words = template.split('/').filter((word) => word !== '' && !word.startsWith(':'));
  const arm = words.map((word) => ARM_BY_WORD[word]).findLast((found) => found !== undefined);
  return arm === 'executor' && words.at(-1) === 'execute' ? (prefix ?? arm) : arm;
};

/** A capability token is good for its own arm's routes alone; `coder-001` is an instance of `coder`. */
export const isRouteOfArm = (armId: string, template: string, prefix: ServiceName | undefined): boolean => {
  const arm = armOfRoute(template, prefix);
  return arm !== undefined && arm === serviceNamed(armId);
};
