import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ChildServer, postgresPid } from '../support/child-server';
import { type Column, embeddedColumn } from '../support/columns';
import { FakeOpenAi, slow } from '../support/fake-openai';
import { defaultAnswer } from '../support/fake-script';
import { gate, heldBack } from '../support/gate';
import { type StreamedEvent, eventsOf, eventually, finished, request, submit } from '../support/server';

const GOAL = {
  goal: 'Write a Python function to calculate fibonacci numbers',
  constraints: ['Include docstring', 'Add unit tests'],
};
const TASKS = 20;
const run = promisify(execFile);

/** Adds the events of a task to those that are known, until it has ended or its server has. */
const follow = async (url: string, id: string, known: StreamedEvent[]): Promise<void> => {
  for await (const event of eventsOf(url, id, known.at(-1)?.seq)) known.push(event);
};

describe('a server that is killed', () => {
  let column: Column;
  let model: FakeOpenAi;
  let server: ChildServer | undefined;
  let variables: Record<string, string>;

  beforeEach(async () => {
    column = await embeddedColumn();
    model = await FakeOpenAi.start();
    // Slow enough that a kill meets tasks in every stage.
    model.answer(({ purpose, user }) => slow(150, defaultAnswer({ purpose, user })));
    variables = { ...column.variables, LLM_PROVIDER: 'openai', OPENAI_BASE_URL: model.url };
  });
  afterEach(async () => {
    await server?.stop();
    await model.stop();
    await column.dispose();
  });

  it(`carries all of ${TASKS} tasks to their end, losing and repeating nothing that was stored`, async () => {
    server = await ChildServer.start(variables);
    const { url } = server;
    const ids = await Promise.all(Array.from({ length: TASKS }, () => submit(url, GOAL)));
    const told = new Map(ids.map((id): [string, StreamedEvent[]] => [id, []]));
    const achieved = (): number => [...told.values()].flat().filter(({ type }) => type === 'step.succeeded').length;
    // Each kill comes when something has been achieved that could be lost, and much is left to do.
    for (let kills = 0; kills < 3; kills++) {
      const here = server.url;
      const before = achieved();
      const readers = Promise.allSettled([...told].map(([id, known]) => follow(here, id, known)));
      await eventually('a step that succeeded', () => (achieved() > before ? true : undefined));
      await server.kill();
      await readers;
      server = await ChildServer.start(variables);
    }
    const last = server.url;
    for (const id of ids) expect((await finished(last, id)).status).toBe('completed');
    for (const id of ids) {
      const events: StreamedEvent[] = [];
      await follow(last, id, events);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      const known = told.get(id) ?? [];
      expect(events.slice(0, known.length)).toEqual(known);
      const succeeded = events.filter(({ type }) => type === 'step.succeeded').map(({ data }) => data['key']);
      expect(succeeded).toEqual([...new Set(succeeded)]);
      expect(events.filter(({ type }) => /^task\.(completed|failed|cancelled)$/.test(type))).toHaveLength(1);
    }
  });

  it('finishes what it can within the deadline of a SIGTERM, and the rest after the next start', async () => {
    server = await ChildServer.start({ ...variables, SHUTDOWN_TIMEOUT_SECONDS: '1' });
    const held = gate();
    model.answer(({ purpose, user, nth }) => {
      const reply = defaultAnswer({ purpose, user });
      return purpose === 'code' && nth === 1 ? heldBack(held, reply) : reply;
    });
    const id = await submit(server.url, GOAL);
    await eventually('the code is asked for', () => model.asked('code')[0]);
    expect(await server.stop()).toBe(0);
    held.open();
    server = await ChildServer.start(variables);
    expect((await finished(server.url, id)).status).toBe('completed');
    const events: StreamedEvent[] = [];
    await follow(server.url, id, events);
    const codes = events.filter(({ type, data }) => type === 'step.started' && data['key'] === 's1');
    expect(codes.map(({ data }) => data['attempt'])).toEqual([1, 2]);
    expect(model.asked('code')).toHaveLength(2);
  });

  it('outlives its database: work goes on when PostgreSQL is back', async () => {
    server = await ChildServer.start(variables);
    const id = await submit(server.url, GOAL);
    await sleep(300);
    process.kill(postgresPid(column.variables['DATA_DIR'] ?? ''), 'SIGKILL');
    const answer = await request(server.url, 'POST', '/api/v1/tasks', GOAL);
    expect([200, 503]).toContain(answer.status);
    const settled = async (): Promise<string> => {
      try {
        const { status, body } = await request(server?.url ?? '', 'GET', `/api/v1/tasks/${id}`);
        return status === 200 ? String(body['status']) : `${status} ${String(body['code'])}`;
      } catch (error) {
        return String(error);
      }
    };
    const seen = new Set<string>();
    for (let tries = 0; tries < 2_000; tries++) {
      const state = await settled();
      seen.add(state);
      if (state === 'completed' || state === 'failed') break;
      await sleep(50);
    }
    expect(seen).toContain('completed');
    const faults = [...seen].filter((state) => !['accepted', 'planning', 'executing', 'completed'].includes(state));
    expect(faults.filter((state) => state !== '503 service_unavailable')).toEqual([]);
  });
});

describe('a server that cannot start', () => {
  const reasonOf = async (variables: Record<string, string>): Promise<string> => {
    try {
      await (await ChildServer.start(variables)).stop();
      return 'it started';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('says in one line per variable what is wrong', async () => {
    const reason = await reasonOf({ PORT: 'eighty', LOG_LEVEL: 'loud' });
    expect(reason).toMatch(/PORT: "eighty"/);
    expect(reason).toMatch(/LOG_LEVEL: "loud"/);
    expect(reason).not.toMatch(/ {4}at /);
  });

  it('says which port is taken and which variable to set', async () => {
    const column = await embeddedColumn();
    const first = await ChildServer.start(column.variables);
    const other = await embeddedColumn();
    const reason = await reasonOf({ ...other.variables, PORT: new URL(first.url).port });
    expect(reason).toMatch(/PORT: \d+ .* is taken/);
    expect(reason).not.toMatch(/ {4}at /);
    await first.stop();
    await column.dispose();
    await other.dispose();
  });

  it('says that the data folder is in use', async () => {
    const column = await embeddedColumn();
    const first = await ChildServer.start(column.variables);
    expect(await reasonOf(column.variables)).toMatch(/in use by another OctoLLM.*DATA_DIR/);
    await first.stop();
    await column.dispose();
  });

  it('says that no database answers', async () => {
    const reason = await reasonOf({ DATABASE_URL: 'postgres://me:hunter2hunter2@127.0.0.1:1/none' });
    expect(reason).toMatch(/DATABASE_URL: no PostgreSQL server answers/);
    expect(reason).not.toContain('hunter2hunter2');
  });

  it.each([
    ['an arm that nobody provides', 'NOOP_ARMS.slice(1)', 'No module provides the arm "planner"'],
    ['an arm without a queue', '[...NOOP_ARMS, Homeless]', 'The arm "homeless" has no queue'],
  ])('names %s', async (_, arms, problem) => {
    const column = await embeddedColumn();
    // A process of its own, which takes what a failed start leaves open with it.
    const program = `
      require('./scripts/swc-register.cjs');
      require('reflect-metadata');
      const { Module } = require('@nestjs/common');
      const { NestFactory } = require('@nestjs/core');
      const { AppModule } = require('./src/app.module.ts');
      const { parseConfig } = require('./src/common/config/load-config.ts');
      const { Arm } = require('./src/dispatch/arm.decorator.ts');
      const { ArmPort } = require('./src/dispatch/arm.port.ts');
      const { NOOP_ARMS } = require('./test/bench/noop-arms.ts');
      class HomelessArm extends ArmPort {}
      Arm({ id: 'homeless', name: '', description: '', capabilities: [], costTier: 1, concurrency: 1 })(HomelessArm);
      class Homeless {}
      Module({ providers: [HomelessArm] })(Homeless);
      const { settings } = parseConfig(${JSON.stringify(column.variables)});
      NestFactory.createApplicationContext(AppModule.with(settings, ${arms}), { logger: false, abortOnError: false })
        .then(() => 'it started', ({ message }) => message)
        .then((message) => { console.log(message); process.exit(0); });`;
    const { stdout } = await run(process.execPath, ['-e', program]);
    expect(stdout).toContain(problem);
    await column.dispose();
  });
});
