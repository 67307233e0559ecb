import { HealthRegistry } from '../../common/health';
import { DisabledSandbox } from './disabled';
import { SandboxModule } from './sandbox.module';
import { type SandboxPort, type SandboxStatus } from './sandbox.port';

const probeOf = async (sandbox: SandboxPort) => {
  const health = new HealthRegistry();
  new SandboxModule(sandbox, health).onModuleInit();
  const { ready, probes } = await health.report();
  return { ready, ok: probes['sandbox']?.ok, message: probes['sandbox']?.message };
};

it('tells /ready why nothing is run, which keeps nobody else from working', async () => {
  expect(await probeOf(new DisabledSandbox('No isolation here. Install bubblewrap.'))).toEqual({
    ready: true,
    ok: false,
    message: 'No isolation here. Install bubblewrap.',
  });
});

it('tells /ready what isolates, what it runs, and what it cannot do', async () => {
  const status: SandboxStatus = {
    available: true,
    engine: 'util-linux',
    runtimes: { python: '3.11.2' },
    weaknesses: ['no filter of system calls'],
  };
  const sandbox = Object.assign(new DisabledSandbox('unused'), { status: () => Promise.resolve(status) });
  expect(await probeOf(sandbox)).toEqual({
    ready: true,
    ok: true,
    message: 'util-linux, python 3.11.2, no filter of system calls',
  });
});
