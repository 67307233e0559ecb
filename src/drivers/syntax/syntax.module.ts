import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SyntaxPort } from './syntax.port';
import { ThreadedSyntax } from './threaded-syntax';

/** Parsers of programming languages. Needs nothing that could be missing, and costs nothing until somebody asks. */
@Global()
@Module({ providers: [{ provide: SyntaxPort, useClass: ThreadedSyntax }], exports: [SyntaxPort] })
export class SyntaxModule implements OnApplicationShutdown {
  constructor(private readonly syntax: SyntaxPort) {}

  async onApplicationShutdown(): Promise<void> {
    await this.syntax.close();
  }
}
