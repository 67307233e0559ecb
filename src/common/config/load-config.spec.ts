import { ConfigError, parseConfig } from './load-config';
import { AppConfig } from './config.service';

const problemsOf = (variables: Record<string, string>): string[] => {
  try {
    parseConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('parseConfig', () => {
  it('needs nothing: every setting has a default or is optional', () => {
    expect(parseConfig({}).settings).toMatchObject({
      PORT: 8000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      OCTO_ROLE: 'all',
      MAX_CONCURRENT_TASKS: 10,
      TASK_TIMEOUT_SECONDS: 300,
    });
  });

  it('says for each wrong variable its name, what is wrong and what is allowed', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      MAX_CONCURRENT_TASKS: '101',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
    });
    expect(problems).toHaveLength(4);
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^PORT: "eighty" .*whole number from 0 to 65535/),
        expect.stringMatching(/^MAX_CONCURRENT_TASKS: "101" .*from 1 to 100/),
        expect.stringMatching(/^LOG_LEVEL: "loud" .*one of fatal, error/),
        expect.stringMatching(/^DATABASE_URL: its value .*postgres:/),
      ]),
    );
  });

  it.each([
    ['PORT', '80.5'],
    ['PORT', '0x1F90'],
    ['PORT', '1e3'],
    ['PORT', ' '],
    ['TASK_TIMEOUT_SECONDS', '9'],
  ])('refuses %s=%j', (name, value) => {
    expect(problemsOf({ [name]: value })).toHaveLength(1);
  });

  it('never repeats a credential', () => {
    const problems = problemsOf({
      REDIS_URL: 'http://user:hunter2hunter2@host',
      OPENAI_BASE_URL: 'ftp://k:hunter2hunter2@x',
    });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('takes an empty value for unset, and level names in any case', () => {
    const { settings } = parseConfig({ OPENAI_API_KEY: '', LOG_LEVEL: 'INFO', PORT: '' });
    expect(settings.OPENAI_API_KEY).toBeUndefined();
    expect(settings).toMatchObject({ LOG_LEVEL: 'info', PORT: 8000 });
  });

  it('warns of a misspelt variable of ours, and of nothing else', () => {
    const { warnings } = parseConfig({
      OPENAI_APIKEY: 'x',
      LLM_MODEL_PLANING: 'm',
      PATH: '/bin',
      OPENAI_ORG_ID: 'o',
      POSTMAN: '1',
    });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('OPENAI_API_KEY');
    expect(warnings[1]).toContain('LLM_MODEL_PLANNING');
  });

  it('refuses to split an embedded database between processes', () => {
    const OCTO_SECRET = 's'.repeat(32);
    expect(problemsOf({ OCTO_ROLE: 'worker', OCTO_SECRET })).toEqual([expect.stringContaining('DATABASE_URL')]);
    expect(problemsOf({ OCTO_ROLE: 'worker', OCTO_SECRET, DATABASE_URL: 'postgres://h/db' })).toEqual([]);
  });

  it('wants one secret for several processes, and does not repeat one that is too short', () => {
    const DATABASE_URL = 'postgres://h/db';
    expect(problemsOf({ OCTO_ROLE: 'api', DATABASE_URL })).toEqual([expect.stringContaining('OCTO_SECRET')]);
    const [problem] = problemsOf({ OCTO_SECRET: 'too-short' });
    expect(problem).toContain('at least 32 characters');
    expect(problem).not.toContain('too-short');
  });
});

describe('AppConfig', () => {
  const config = (variables: Record<string, string>): AppConfig => new AppConfig(parseConfig(variables).settings);

  it('builds the database address from the POSTGRES_ variables, whatever the password holds', () => {
    const url = config({ POSTGRES_HOST: 'db', POSTGRES_PASSWORD: 'p@ss/w:rd' }).databaseUrl;
    expect(new URL(url ?? '').host).toBe('db:5432');
    expect(decodeURIComponent(new URL(url ?? '').password)).toBe('p@ss/w:rd');
    expect(config({}).databaseUrl).toBeUndefined();
    expect(config({ POSTGRES_USER: 'x' }).databaseUrl).toBeUndefined();
  });

  it.each([
    [{}, false],
    [{ AUTH_MODE: 'keys' }, true],
    [{ HOST: '0.0.0.0' }, true],
    [{ HOST: '0.0.0.0', AUTH_MODE: 'open' }, false],
    [{ HOST: 'localhost' }, false],
  ])('decides from mode and address whether keys are demanded: %j', (variables, demanded) => {
    expect(config(variables).demandsKeys).toBe(demanded);
  });

  it('adds REDIS_PASSWORD to a URL that has none', () => {
    expect(config({ REDIS_URL: 'redis://h:1', REDIS_PASSWORD: 'a b' }).redisUrl).toBe('redis://:a%20b@h:1');
    expect(config({ REDIS_URL: 'redis://:own@h:1', REDIS_PASSWORD: 'other' }).redisUrl).toBe('redis://:own@h:1');
    expect(config({ REDIS_PASSWORD: 'alone' }).redisUrl).toBeUndefined();
  });
});
