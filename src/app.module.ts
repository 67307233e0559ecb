import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AccessModule } from './access/access.module';
import { LimitsModule } from './access/limits.module';
import { ApiModule } from './api/api.module';
import { CoderModule } from './arms/coder/coder.module';
import { ExecutorModule } from './arms/executor/executor.module';
import { GuardianModule } from './arms/guardian/guardian.module';
import { JudgeModule } from './arms/judge/judge.module';
import { PlannerModule } from './arms/planner/planner.module';
import { RemoteArmsModule } from './arms/remote/remote.module';
import { RetrieverModule } from './arms/retriever/retriever.module';
import type { Settings } from './common/config/config.schema';
import { ConfigModule } from './common/config/config.module';
import { HealthModule } from './common/health.module';
import { SecretModule } from './common/secret.module';
import { DispatchModule } from './dispatch/dispatch.module';
import { DatabaseModule } from './drivers/database/database.module';
import { KvModule } from './drivers/kv/kv.module';
import { LlmModule } from './drivers/llm/llm.module';
import { QueueModule } from './drivers/queue/queue.module';
import { SandboxModule } from './drivers/sandbox/sandbox.module';
import { ScriptModule } from './drivers/script/script.module';
import { SyntaxModule } from './drivers/syntax/syntax.module';
import { VectorModule } from './drivers/vector/vector.module';
import { GuardrailsModule } from './guardrails/guardrails.module';
import { IntakeModule } from './intake/intake.module';
import { MemoryModule } from './memory/memory.module';
import { OrchestratorModule } from './orchestrator/orchestrator.module';
import { ProvenanceModule } from './provenance/provenance.module';
import { WorkshopModule } from './workshop/workshop.module';

/** One line per arm. A new arm is a folder under `arms/` and a line here. */
const ARMS: Type[] = [
  PlannerModule,
  RetrieverModule,
  CoderModule,
  ExecutorModule,
  JudgeModule,
  GuardianModule,
  RemoteArmsModule,
];

@Module({})
export class AppModule {
  static with(settings: Settings, arms: Type[] = ARMS): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(settings),
        HealthModule,
        SecretModule,
        // In the order they stand on one another: what comes last is closed first.
        DatabaseModule,
        ProvenanceModule,
        AccessModule,
        QueueModule,
        KvModule,
        LimitsModule,
        VectorModule,
        LlmModule,
        SandboxModule,
        ScriptModule,
        GuardrailsModule,
        MemoryModule,
        SyntaxModule,
        WorkshopModule,
        DispatchModule,
        ...arms,
        OrchestratorModule,
        IntakeModule,
        ApiModule,
      ],
    };
  }
}
