import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { HealthRegistry } from '../../common/health';
import { openSandbox } from './open-sandbox';
import { SandboxPort } from './sandbox.port';

/** Isolation is chosen once, at boot, by really running something: bubblewrap, else util-linux, else nothing runs. */
@Global()
@Module({
  providers: [{ provide: SandboxPort, useFactory: () => openSandbox() }],
  exports: [SandboxPort],
})
export class SandboxModule implements OnModuleInit {
  constructor(
    private readonly sandbox: SandboxPort,
    private readonly health: HealthRegistry,
  ) {}

  /** Optional: without it no code is run, every result says so, and everything else works. */
  onModuleInit(): void {
    this.health.register({
      name: 'sandbox',
      required: false,
      check: async () => {
        const { available, engine, runtimes, reason, weaknesses = [] } = await this.sandbox.status();
        const found = Object.entries(runtimes).map(([name, version]) => `${name} ${version}`);
        return { ok: available, message: reason ?? [engine, ...found, ...weaknesses].join(', ') };
      },
    });
  }
}
