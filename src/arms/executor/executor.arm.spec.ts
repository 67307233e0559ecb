import { Test } from '@nestjs/testing';
import { ARM_METADATA } from '../../dispatch/arm.decorator';
import { ConfigModule } from '../../common/config/config.module';
import { configSchema } from '../../common/config/config.schema';
import { HealthModule } from '../../common/health.module';
import type { Assignment, EarlierResult } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import { type LoggedAction, MeteredModel, type Workbench } from '../../dispatch/arm.port';
import { DisabledSandbox } from '../../drivers/sandbox/disabled';
import { SandboxPort } from '../../drivers/sandbox/sandbox.port';
import { SandboxModule } from '../../drivers/sandbox/sandbox.module';
import { ScriptModule } from '../../drivers/script/script.module';
import { SyntaxModule } from '../../drivers/syntax/syntax.module';
import { TestRunner } from '../../workshop/test-runner.service';
import { Workspaces } from '../../workshop/workspaces.service';
import { DirectExecution } from './direct-execution.service';
import { ExecutorArm } from './executor.arm';
import { GuardedHttp } from './http/guarded-http.service';
import { SandboxRuns } from './sandbox-runs.service';
import { ToolShelf } from './tools/tool-shelf.service';

/** There is no database here: a workspace that begins empty and forgets. */
const NO_FILES = { open: () => Promise.resolve({}), put: () => Promise.resolve([]), keep: () => Promise.resolve([]) };

const armOn = async (sandbox?: SandboxPort): Promise<ExecutorArm> => {
  const module = Test.createTestingModule({
    imports: [HealthModule, SandboxModule, SyntaxModule, ScriptModule, ConfigModule.with(configSchema.parse({}))],
    providers: [
      ...[ExecutorArm, DirectExecution, GuardedHttp, SandboxRuns, ToolShelf, TestRunner],
      { provide: Workspaces, useValue: NO_FILES },
    ],
  });
  if (sandbox !== undefined) module.overrideProvider(SandboxPort).useValue(sandbox);
  return (await module.compile()).get(ExecutorArm);
};

let arm: ExecutorArm;
beforeAll(async () => {
  arm = await armOn();
});

const GOOD = {
  code: 'def one(): return 1',
  language: 'python',
  tests: 'def test_one(): assert one() == 1',
  explanation: '',
};
const BAD = { ...GOOD, code: 'def one(): return 2' };

const earlier = (key: string, output: JsonObject): EarlierResult => ({
  key,
  kind: 'work',
  arm: 'coder',
  action: 'Write it',
  output,
  confidence: 0.8,
  warnings: [],
});

const assignment = (results: EarlierResult[], input: JsonObject = {}): Assignment => ({
  taskId: 't',
  holder: '',
  stepId: 's',
  key: 's3',
  kind: 'work',
  attempt: 1,
  action: 'Run the tests',
  acceptanceCriteria: [],
  input,
  task: { goal: 'one', constraints: [], acceptanceCriteria: [], context: {} },
  earlier: results,
});

/** The executor needs no model. */
const noModel: MeteredModel = Object.create(MeteredModel.prototype);

const workbench = (said: string[] = [], signal = new AbortController().signal): Workbench => ({
  model: noModel,
  signal,
  deadline: new Date(Date.now() + 60_000),
  report: (message) => void said.push(message),
  requireApproval: () => undefined,
  record: () => Promise.resolve(),
  untrusted: (value) => value,
});

it('presents itself as the executor', () => {
  expect(Reflect.getMetadata(ARM_METADATA, ExecutorArm)).toMatchObject({
    id: 'executor',
    costTier: 3,
    concurrency: 10,
  });
});

it('is sure of a program whose tests pass', async () => {
  const said: string[] = [];
  const result = await arm.run(assignment([earlier('s1', GOOD)]), workbench(said));
  expect(result).toMatchObject({ confidence: 0.95, output: { testRun: { ran: true, passed: 1, failed: 0 } } });
  expect(result.warnings).toBeUndefined();
  expect(said).toEqual(['Running the tests of the python program']);
});

it('runs the newest program, whatever other results lie around it', async () => {
  const notCode = earlier('s3', { passages: [], code: 7 });
  const result = await arm.run(assignment([earlier('s1', GOOD), earlier('s2', BAD), notCode]), workbench());
  expect(result).toMatchObject({ confidence: 0.2, output: { testRun: { passed: 0, failed: 1 } } });
  expect(result.warnings).toEqual(['1 of 1 tests failed.']);
});

it('prefers what the step itself was given', async () => {
  const result = await arm.run(assignment([earlier('s1', BAD)], GOOD), workbench());
  expect(result.confidence).toBe(0.95);
});

it('says so when there is no program, or no test', async () => {
  const none = await arm.run(assignment([]), workbench());
  expect(none).toMatchObject({ confidence: 0.5, output: { testRun: { ran: false } } });
  expect(none.warnings).toEqual([expect.stringContaining('no program')]);
  const untested = await arm.run(assignment([earlier('s1', { ...GOOD, tests: '' })]), workbench());
  expect(untested).toMatchObject({ confidence: 0.5, warnings: [expect.stringContaining('no tests')] });
});

it('hands on why nothing can be run here', async () => {
  const disabled = await armOn(new DisabledSandbox('no isolation; install bubblewrap'));
  const result = await disabled.run(assignment([earlier('s1', GOOD)]), workbench());
  expect(result).toMatchObject({
    confidence: 0.5,
    warnings: ['The tests were not run: no isolation; install bubblewrap'],
  });
});

it('keeps little of a talkative program', async () => {
  const talkative = { ...GOOD, code: `${GOOD.code}\nprint("x" * 100_000)` };
  const { output } = await arm.run(assignment([earlier('s1', talkative)]), workbench());
  expect(output['stdout']).toMatch(/^x{16000}\n\(84001 more characters\)$/);
});

it('ends when the step is aborted', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled');
  const endless = earlier('s1', { ...GOOD, code: 'while True: pass' });
  const running = arm.run(assignment([endless]), workbench([], controller.signal));
  setTimeout(() => controller.abort(reason), 200);
  await expect(running).rejects.toBe(reason);
});

describe('what a plan says word by word', () => {
  const planned = (execution: JsonObject): Assignment => assignment([earlier('s1', GOOD)], { execution });

  it('is run instead of the tests', async () => {
    const { output, confidence } = await arm.run(
      planned({ actionType: 'python', command: 'print(6 * 7)' }),
      workbench(),
    );
    expect({ output, confidence }).toMatchObject({
      output: { stdout: '42\n', exitCode: 0, artifacts: [], testRun: { ran: false } },
      confidence: 0.9,
    });
  });

  it('is doubted when it fails, with its last words', async () => {
    const result = await arm.run(planned({ actionType: 'python', command: 'raise ValueError("no")' }), workbench());
    expect(result).toMatchObject({
      confidence: 0.2,
      warnings: ['The program ended with exit code 1: ValueError: no'],
      output: { exitCode: 1 },
    });
  });

  it('has no network', async () => {
    const asked = arm.run(planned({ actionType: 'shell', command: 'curl https://example.com/' }), workbench());
    await expect(asked).rejects.toMatchObject({
      code: 'capability_denied',
      message: expect.stringContaining('HttpGet'),
    });
  });

  it('leaves a line without the command itself', async () => {
    const actions: LoggedAction[] = [];
    const bench = { ...workbench(), record: (action: LoggedAction) => Promise.resolve(void actions.push(action)) };
    await arm.run(planned({ actionType: 'shell', command: 'echo walrus' }), bench);
    await arm.run(planned({ actionType: 'shell', command: 'walrus' }), bench).catch(() => undefined);
    expect(actions).toMatchObject([
      {
        type: 'execute',
        details: { action_type: 'shell', capabilities_used: ['ShellRead'], risk: 'safe' },
        result: { success: true, exit_code: 0, output_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      },
      { type: 'execute', details: { capabilities_used: [] }, result: { success: false, refused: true } },
    ]);
    expect(JSON.stringify(actions)).not.toContain('walrus');
  });

  it('waits where a person must agree, and leaves no line until then', async () => {
    const waits = new Error('waits');
    const asked: string[] = [];
    const record = jest.fn(() => Promise.resolve());
    const requireApproval = (reason: string): void => {
      asked.push(reason);
      throw waits;
    };
    const execution = { actionType: 'python', command: "import shutil\nshutil.rmtree('/srv')" };
    await expect(arm.run(planned(execution), { ...workbench(), record, requireApproval })).rejects.toBe(waits);
    expect(asked).toEqual([expect.stringContaining("To be run: import shutil\nshutil.rmtree('/srv')")]);
    expect(record).not.toHaveBeenCalled();
  });
});
