import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { QuickJsScripts } from './quickjs-scripts';
import { ScriptPort } from './script.port';

/** Short programs in QuickJS, which is WebAssembly: it works wherever this server does, and starts when first asked. */
@Global()
@Module({ providers: [{ provide: ScriptPort, useClass: QuickJsScripts }], exports: [ScriptPort] })
export class ScriptModule implements OnApplicationShutdown {
  constructor(private readonly scripts: ScriptPort) {}

  async onApplicationShutdown(): Promise<void> {
    await this.scripts.close();
  }
}
