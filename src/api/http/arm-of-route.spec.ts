import { isRouteOfArm } from './arm-of-route';

describe('isRouteOfArm', () => {
  it.each([
    ['executor', '/api/v1/execute'],
    ['executor', '/sandbox/:id/status'],
    ['planner', '/plan'],
    ['coder', '/code'],
    ['coder-001', '/code'],
    ['judge', '/validate'],
    ['guardian', '/check'],
    ['retriever', '/search'],
    ['retriever', '/api/v1/documents'],
  ])('%s works at %s, and nobody else does', (arm, template) => {
    expect(isRouteOfArm(arm, template)).toBe(true);
    expect(isRouteOfArm('weather', template)).toBe(false);
    expect(isRouteOfArm(arm === 'judge' ? 'coder' : 'judge', template)).toBe(false);
  });

  it.each(['/tasks', '/submit', '/api/v1/tasks/:id', '/keys', '/', '/arms/register'])('%s is no arm’s', (template) => {
    for (const arm of ['planner', 'executor', 'coder']) expect(isRouteOfArm(arm, template)).toBe(false);
  });

  it('lets the request decide at /execute, and there only', () => {
    expect(isRouteOfArm('coder', '/execute', () => 'coder')).toBe(true);
    expect(isRouteOfArm('executor', '/execute', () => 'coder')).toBe(false);
    expect(isRouteOfArm('executor', '/execute', () => undefined)).toBe(false);
    expect(isRouteOfArm('coder', '/plan', () => 'coder')).toBe(false);
    expect(isRouteOfArm('coder', '/api/v1/execute', () => 'coder')).toBe(false);
  });
});
