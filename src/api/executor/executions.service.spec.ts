import type { Caller } from '../../contracts/caller';
import { DEFAULT_CAPABILITIES } from '../../contracts/executor-capability';
import type { ArmAnswer, IntakePort } from '../../intake/intake.port';
import type { ExecutionGrants } from './execution-grants.service';
import { Executions } from './executions.service';

const CALLER: Caller = { holder: 'open', name: 'open', scopes: ['admin'], tier: 'open' };
const ANSWER = { output: { status: 'completed' } } as unknown as ArmAnswer;

/** Executions whose answers come when `finish` is called. */
const held = () => {
  const waiting: (() => void)[] = [];
  const intake = {
    run: () => new Promise<ArmAnswer>((resolve) => waiting.push(() => resolve(ANSWER))),
  } as unknown as IntakePort;
  const grants = {
    of: () => Promise.resolve({ capabilities: [...DEFAULT_CAPABILITIES] }),
  } as unknown as ExecutionGrants;
  const executions = new Executions(intake, grants);
  const execute = () => executions.execute({ command: 'ls' }, CALLER);
  return { execute, waiting };
};

it('takes ten at work and a hundred that wait, and tells the next when to come again', async () => {
  const { execute, waiting } = held();
  const all = Array.from({ length: 110 }, execute);
  await new Promise((resolve) => setImmediate(resolve));
  expect(waiting).toHaveLength(110);
  await expect(execute()).rejects.toMatchObject({
    code: 'service_unavailable',
    message: expect.stringContaining('110 executions'),
    retryAfterSeconds: 5,
  });
  waiting.shift()?.();
  await Promise.race(all);
  const next = execute();
  await new Promise((resolve) => setImmediate(resolve));
  for (const finish of waiting) finish();
  await expect(next).resolves.toMatchObject({ outcome: ANSWER });
  await Promise.all(all);
});
