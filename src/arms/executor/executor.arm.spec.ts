import { Test } from '@nestjs/testing';
import { ARM_METADATA } from '../../dispatch/arm.decorator';
import { ConfigModule } from '../../common/config/config.module';
import { configSchema } from '../../common/config/config.schema';
import { AppConfig } from '../../common/config/config.service';
import { HealthModule } from '../../common/health.module';
import type { Assignment, EarlierResult } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import { MeteredModel, type Workbench } from '../../dispatch/arm.port';
import { DisabledSandbox } from '../../drivers/sandbox/disabled';
import type { SandboxPort } from '../../drivers/sandbox/sandbox.port';
import { SandboxModule } from '../../drivers/sandbox/sandbox.module';
import { TestRunner } from '../../workshop/test-runner.service';
import { WorkshopModule } from '../../workshop/workshop.module';
import { DirectExecution } from './direct-execution.service';
import { ExecutorArm } from './executor.arm';
import { GuardedHttp } from './http/guarded-http.service';

const direct = (sandbox: SandboxPort): DirectExecution =>
  new DirectExecution(sandbox, new GuardedHttp(), new AppConfig(configSchema.parse({})));

let arm: ExecutorArm;
beforeAll(async () => {
  const module = await Test.createTestingModule({
    imports: [HealthModule, SandboxModule, WorkshopModule, ConfigModule.with(configSchema.parse({}))],
    providers: [ExecutorArm, DirectExecution, GuardedHttp],
  }).compile();
  arm = module.get(ExecutorArm);
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
  const disabled = new ExecutorArm(
    new TestRunner(new DisabledSandbox('no isolation; install bubblewrap')),
    direct(new DisabledSandbox('no isolation; install bubblewrap')),
  );
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
