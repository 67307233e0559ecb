import { Global, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { HealthRegistry } from '../../common/health';
import { ServiceFacts } from '../../common/service-facts';
import { LlmPort } from './llm.port';
import { createLlm } from './provider';

/** The one language model of the process, decided on at the start. */
@Global()
@Module({
  providers: [
    {
      provide: LlmPort,
      inject: [AppConfig],
      useFactory: ({ values }: AppConfig): Promise<LlmPort> => createLlm(values, new Logger('Model')),
    },
  ],
  exports: [LlmPort],
})
export class LlmModule implements OnModuleInit {
  constructor(
    private readonly llm: LlmPort,
    private readonly health: HealthRegistry,
    private readonly facts: ServiceFacts,
  ) {}

  /** Optional: without its model the server still accepts tasks, and works on them once it answers again. */
  onModuleInit(): void {
    this.health.register({ name: 'model', required: false, check: () => this.llm.check() });
    const question = { tier: 'balanced' as const, purpose: 'code', messages: [], maxTokens: 1 };
    this.facts.provide('coder', () => ({ model: this.llm.quote(question).model }));
  }
}
