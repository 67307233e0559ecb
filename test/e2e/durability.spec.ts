import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ChildServer, postgresPid } from '../support/child-server';
import { type Column, embeddedColumn } from '../support/columns';
import { FakeOpenAi, slow } from '../support/fake-openai';
import { defaultAnswer } from '../support/fake-script';
import { eventually, finished, request, submit } from '../support/server';

const GOAL = {
  goal: 'Write a Python function to calculate fibonacci numbers',
  constraints: ['Include docstring', 'Add unit tests'],
};
const TASKS = 20;
const run = promisify(execFile);

interface StoredEvent {
  seq: number;
  type: string;
  data: { key?: string; attempt?: number };
}

/** The events of a task so far; `patience` bounds the wait for a task that has not ended. */
const eventsOf = async (url: string, id: string, patience = 300): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  try {
    const response = await fetch(`${url}/api/v1/tasks/${id}/events`, { signal: AbortSignal.timeout(patience) });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString('utf8');
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) events.push(JSON.parse(data) as StoredEvent);
      }
    }
  } catch (error) {
    // Not `instanceof Error`: the timeout comes from outside of jest's realm.
    if ((error as { name?: string }).name !== 'TimeoutError') throw error;
  }
  return events;
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
    const before = new Map<string, StoredEvent[]>();
    const look = async (here: string): Promise<StoredEvent[]> => {
      for (const id of ids) before.set(id, await eventsOf(here, id, 40));
      return [...before.values()].flat();
    };
    // The first kill comes when something has been achieved that could be lost; the others come when they come.
    for (const pause of [undefined, 900, 400]) {
      const here = server.url;
      if (pause === undefined) {
        await eventually('a step that succeeded', async () =>
          (await look(here)).some(({ type }) => type === 'step.succeeded') ? true : undefined,
        );
      } else {
        await sleep(pause);
        await look(here);
      }
      await server.kill();
      server = await ChildServer.start(variables);
    }
    const last = server.url;
    for (const id of ids) expect((await finished(last, id)).status).toBe('completed');
    for (const id of ids) {
      const events = await eventsOf(last, id, 5_000);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      const known = before.get(id) ?? [];
      expect(events.slice(0, known.length)).toEqual(known);
      const succeeded = events.filter(({ type }) => type === 'step.succeeded').map(({ data }) => data.key);
      expect(succeeded).toEqual([...new Set(succeeded)]);
      expect(events.filter(({ type }) => /^task\.(completed|failed|cancelled)$/.test(type))).toHaveLength(1);
    }
  }, 120_000);

  it('finishes what it can within the deadline of a SIGTERM, and the rest after the next start', async () => {
    server = await ChildServer.start({ ...variables, SHUTDOWN_TIMEOUT_SECONDS: '1' });
    model.answer(({ purpose, user }) => slow(purpose === 'code' ? 4_000 : 20, defaultAnswer({ purpose, user })));
    const id = await submit(server.url, GOAL);
    while (model.asked('code').length === 0) await sleep(20);
    expect(await server.stop()).toBe(0);
    server = await ChildServer.start(variables);
    expect((await finished(server.url, id)).status).toBe('completed');
    const codes = (await eventsOf(server.url, id, 5_000)).filter(
      ({ type, data }) => type === 'step.started' && data.key === 's1',
    );
    expect(codes.map(({ data }) => data.attempt)).toEqual([1, 2]);
    expect(model.asked('code')).toHaveLength(2);
  }, 60_000);

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
    for (let tries = 0; tries < 600; tries++) {
      const state = await settled();
      seen.add(state);
      if (state === 'completed' || state === 'failed') break;
      await sleep(50);
    }
    expect(seen).toContain('completed');
    const faults = [...seen].filter((state) => !['accepted', 'planning', 'executing', 'completed'].includes(state));
    expect(faults.filter((state) => state !== '503 service_unavailable')).toEqual([]);
  }, 60_000);
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
