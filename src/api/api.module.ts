import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { Clock } from '../common/clock';
import { watchProcess } from '../common/metrics';
import { GuideKeysController, KeysController } from './admin/keys.controller';
import { ProvenanceController } from './admin/provenance.controller';
import { TokensController } from './admin/tokens.controller';
import { ArmsDoorModule } from './arms/arms.module';
import { CoderController } from './coder/coder.controller';
import { ContractDoorModule } from './contract/contract-door.module';
import { DocumentsController } from './documents/documents.controller';
import { ExecutorDoorModule } from './executor/executor-door.module';
import { GuardianController } from './guardian/guardian.controller';
import { AccessGuard } from './http/access.guard';
import { ErrorFilter } from './http/error.filter';
import { HttpModule } from './http/http.module';
import { LimitsGuard } from './http/limits.guard';
import { RepeatInterceptor } from './http/repeat.interceptor';
import { ValidateRequest } from './http/validation';
import { JudgeController } from './judge/judge.controller';
import { PlannerController } from './planner/planner.controller';
import { ReflexDoorModule } from './reflex/reflex-door.module';
import { RetrieverController } from './retriever/retriever.controller';
import { ContractHealthController } from './server/contract-health.controller';
import { DebugController } from './server/debug.controller';
import { DocsController } from './server/docs.controller';
import { HealthController } from './server/health.controller';
import { TasksModule } from './tasks/tasks.module';

/** Doors that need providers of their own. */
const MODULES = [TasksModule, ReflexDoorModule, ExecutorDoorModule, ArmsDoorModule, ContractDoorModule];

/** Doors that need the desk and nothing else. */
const CONTROLLERS = [
  PlannerController,
  RetrieverController,
  CoderController,
  JudgeController,
  GuardianController,
  DocumentsController,
  KeysController,
  GuideKeysController,
  TokensController,
  ProvenanceController,
  HealthController,
  ContractHealthController,
  DebugController,
  DocsController,
];

/** The doors. `ConfigModule`, `HealthModule`, `AccessModule`, `LimitsModule` and the desk, all global, must be there. */
@Module({
  imports: [HttpModule, ...MODULES],
  controllers: CONTROLLERS,
  providers: [
    Clock,
    // Guards in this order: who calls comes before how often he may.
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: LimitsGuard },
    { provide: APP_INTERCEPTOR, useClass: RepeatInterceptor },
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useClass: ValidateRequest },
  ],
})
export class ApiModule implements OnModuleInit {
  onModuleInit(): void {
    watchProcess();
  }
}
