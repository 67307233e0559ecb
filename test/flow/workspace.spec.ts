import { createHash } from 'node:crypto';
import { Database } from '../../src/drivers/database/database.service';
import { ChildServer } from '../support/child-server';
import { COLUMNS, type Column, embeddedColumn } from '../support/columns';
import { type Answer, FakeOpenAi } from '../support/fake-openai';
import { type TaskBody, TestServer, eventsOf, eventually, finished, request, submit } from '../support/server';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

interface ArtifactBody {
  id: string;
  step: string | null;
  path: string;
  version: number;
  sha256: string;
  url: string;
}
interface PlanBody {
  subtasks: { required_arm: string; execution?: { action_type: string; command: string } }[];
  source: string;
}

const artifactsOf = async (base: string, id: string): Promise<ArtifactBody[]> => {
  const { body } = await request(base, 'GET', `/api/v1/tasks/${id}/artifacts`);
  return body['artifacts'] as ArtifactBody[];
};
const told = (artifacts: ArtifactBody[]): string[] =>
  artifacts.map(({ step, path, version }) => `${step} ${path} ${version}`);
const bytesOf = async (base: string, { url }: ArtifactBody): Promise<string> => (await fetch(`${base}${url}`)).text();

/** A plan of Python programs that run one after the other. */
const programs = (...sources: string[]): Answer => {
  const step = (requiredArm: string, index: number, command?: string) => ({
    step: index + 1,
    action: `Do part ${index + 1}`,
    requiredArm,
    acceptanceCriteria: ['It ends by itself', 'It ends without an error'],
    dependsOn: Array.from({ length: index }, (_, before) => before + 1),
    estimatedDurationSeconds: 5,
    execution: command === undefined ? null : { actionType: 'python', command },
  });
  const steps = [...sources.map((source, index) => step('executor', index, source)), step('judge', sources.length)];
  const plan = { steps, rationale: 'As the test has it.', confidence: 0.8, complexityScore: 0.3 };
  return ({ purpose }) => (purpose === 'plan' ? plan : undefined);
};

const WRITE = "open('log.txt', 'w').write('one\\n')\nopen('extra.txt', 'w').write('x')\nprint('written')";
const APPEND = "open('log.txt', 'a').write('two\\n')\nprint(open('log.txt').read(), end='')";

describe.each(COLUMNS)('the workspace of a task, %s column', (_, open) => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;
  beforeAll(async () => {
    column = await open();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, {}, model);
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });
  const run = (goal: string): Promise<TaskBody> => server.complete({ goal, budget: { max_retries: 0 } });

  it('carries files from step to step, and hands them out with their hash', async () => {
    model.answer(programs(WRITE, APPEND));
    const task = await run('Keep a log of two lines in a file');
    expect(task).toMatchObject({ status: 'completed', result: { output: 'one\ntwo\n', validation_passed: true } });
    expect((task['plan'] as PlanBody).subtasks.map(({ execution }) => execution)).toEqual([
      { action_type: 'python', command: WRITE },
      { action_type: 'python', command: APPEND },
      undefined,
    ]);
    const artifacts = await artifactsOf(server.url, task.task_id);
    expect(told(artifacts)).toEqual(['s1 extra.txt 1', 's1 log.txt 1', 's2 log.txt 2']);
    for (const [index, text] of ['x', 'one\n', 'one\ntwo\n'].entries()) {
      const artifact = artifacts[index];
      expect(artifact?.sha256).toBe(sha(text));
      expect(artifact && (await bytesOf(server.url, artifact))).toBe(text);
    }
  });

  it('has what the coder wrote, for later steps to run and for the user to fetch', async () => {
    const code = 'def twice(number: int) -> int:\n    """Double a number."""\n    return number * 2\n';
    const tests = 'def test_twice():\n    assert twice(2) == 4\n';
    const use = 'python3 -c "import solution, tests; tests.test_twice(); print(solution.twice(21))"';
    model.answer((asked) => {
      if (asked.purpose === 'code') return { code, tests, explanation: 'Doubles.', language: 'python' };
      const plan = programs('coder', use)(asked) as { steps: Record<string, unknown>[] } | undefined;
      if (plan === undefined) return undefined;
      const [first, second, ...rest] = plan.steps;
      const command = { ...second, execution: { actionType: 'shell', command: use } };
      return { ...plan, steps: [{ ...first, requiredArm: 'coder', execution: null }, command, ...rest] };
    });
    const task = await run('Write a Python function twice(number) that doubles a number, and use it once');
    expect(task).toMatchObject({ status: 'completed', result: { code: code.trim(), validation_passed: true } });
    const artifacts = await artifactsOf(server.url, task.task_id);
    expect(told(artifacts)).toEqual(['s1 solution.py 1', 's1 tests.py 1']);
    const [solution, testFile] = artifacts;
    expect(solution && (await bytesOf(server.url, solution))).toBe(code);
    expect(testFile && (await bytesOf(server.url, testFile))).toBe(`from solution import *\n\n\n${tests}`);
    const [ran] = await server
      .get(Database)
      .query<{ output: object }>(`SELECT output FROM steps WHERE task_id = $1 AND key = 's2'`, [
        task.task_id.slice('task-'.length),
      ]);
    expect(ran?.output).toMatchObject({ stdout: '42\n', exitCode: 0, artifacts: [] });
  });

  it('is as a failed program left it, and the result says that it failed', async () => {
    model.answer(programs("open('half.txt', 'w').write('h')\nraise SystemExit(3)", "print(open('half.txt').read())"));
    const task = await run('Leave half of the work behind');
    expect(task.result).toMatchObject({ output: 'h\n', validation_passed: false });
    expect(task.result?.warnings.join()).toContain('exit code 3');
    expect(told(await artifactsOf(server.url, task.task_id))).toEqual(['s1 half.txt 1']);
  });

  it('belongs to one task alone', async () => {
    const look = "import os\nprint([name for name in os.listdir('.') if name.endswith('.txt')])";
    model.answer(programs('print("nothing yet")', look));
    expect((await run('See whether there is a log of somebody else')).result).toMatchObject({ output: '[]\n' });
  });
});

describe('a goal that writes down what to run', () => {
  it('is run as it stands, without a model', async () => {
    const column = await embeddedColumn();
    const server = await TestServer.start(column);
    try {
      const first = `python3 -c "open('note.txt', 'w').write('from step one')"`;
      const task = await server.complete({ goal: `Run \`${first}\`, then \`cat note.txt\`.` });
      expect(task).toMatchObject({ status: 'completed', result: { output: 'from step one', validation_passed: true } });
      expect(task['plan']).toMatchObject({
        source: 'rules',
        subtasks: [
          { required_arm: 'executor', execution: { action_type: 'shell', command: first } },
          { required_arm: 'executor', execution: { action_type: 'shell', command: 'cat note.txt' } },
          { required_arm: 'judge' },
        ],
      });
      expect(told(await artifactsOf(server.url, task.task_id))).toEqual(['s1 note.txt 1']);
      const block = await server.complete({ goal: 'Run this program:\n```py\nprint(6 * 7)\n```' });
      expect(block).toMatchObject({ status: 'completed', result: { output: '42\n' } });
      const script = await server.complete({ goal: 'Run this program:\n```js\nconsole.log(6 * 7)\n```' });
      expect(script).toMatchObject({ status: 'completed', result: { output: '42\n' } });
    } finally {
      await server.stop();
      await column.dispose();
    }
  });
});

describe('a server that is killed between two steps', () => {
  it('goes on with the files of the first, and has nothing twice', async () => {
    const column = await embeddedColumn();
    const model = await FakeOpenAi.start();
    const variables = { ...column.variables, LLM_PROVIDER: 'openai', OPENAI_BASE_URL: model.url };
    let server = await ChildServer.start(variables);
    try {
      model.answer(programs(WRITE, `import time\n${APPEND}\ntime.sleep(3)`));
      const id = await submit(server.url, { goal: 'Keep a log of two lines in a file' });
      for await (const { type, data } of eventsOf(server.url, id)) {
        if (type === 'step.started' && data['key'] === 's2') break;
      }
      await server.kill();
      server = await ChildServer.start(variables);
      const { url } = server;
      const early = await eventually('a list', () => artifactsOf(url, id));
      expect(told(early).slice(0, 2)).toEqual(['s1 extra.txt 1', 's1 log.txt 1']);
      const task = await finished(url, id);
      expect(task).toMatchObject({ status: 'completed', result: { output: 'one\ntwo\n' } });
      const artifacts = await artifactsOf(url, id);
      expect(told(artifacts)).toEqual(['s1 extra.txt 1', 's1 log.txt 1', 's2 log.txt 2']);
      expect(artifacts.at(-1)?.sha256).toBe(sha('one\ntwo\n'));
    } finally {
      await server.stop();
      await model.stop();
      await column.dispose();
    }
  });
});
