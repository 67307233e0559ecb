import { grantScopes } from './grant-scopes';

const scopesOf = (...actions: string[]): string[] =>
  grantScopes({ capabilities: actions.map((action) => ({ action })) });

describe('grantScopes', () => {
  it.each([
    ['execute_command', 'sandbox:execute'],
    ['ShellRead', 'sandbox:execute'],
    ['code_generate', 'task:submit'],
    ['vector_search', 'memory:read'],
    ['database_write', 'memory:write'],
  ])('%s opens %s', (action, scope) => expect(scopesOf(action)).toEqual([scope]));

  it('names a scope once, and none for actions it does not know', () => {
    expect(scopesOf('ShellRead', 'PythonExec', 'generate_plan')).toEqual(['task:submit', 'sandbox:execute']);
    expect(scopesOf('weather_forecast', 'admin', 'constructor', '__proto__')).toEqual([]);
  });
});
