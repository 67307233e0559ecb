import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { Clock } from '../common/clock';
import { watchProcess } from '../common/metrics';
import { GuideKeysController, KeysController } from './admin/keys.controller';
import { TokensController } from './admin/tokens.controller';
import { CoderController } from './coder/coder.controller';
import { JudgeController } from './judge/judge.controller';
import { ArmsDoorModule } from './arms/arms.module';
import { DocsController } from './server/docs.controller';
import { DebugController } from './server/debug.controller';
import { HealthController } from './server/health.controller';
import { AccessGuard } from './http/access.guard';
import { ErrorFilter } from './http/error.filter';
import { LimitsGuard } from './http/limits.guard';
import { RepeatInterceptor } from './http/repeat.interceptor';
import { HttpModule } from './http/http.module';
import { ValidateRequest } from './http/validation';
import { DocumentsController } from './documents/documents.controller';
import { GuardianController } from './guardian/guardian.controller';
import { PlannerController } from './planner/planner.controller';
import { RetrieverController } from './retriever/retriever.controller';
import { ContractDoorModule } from './contract/contract-door.module';
import { ExecutorDoorModule } from './executor/executor-door.module';
import { ReflexDoorModule } from './reflex/reflex-door.module';
import { TasksModule } from './tasks/tasks.module';

/** The doors. `ConfigModule`, `HealthModule` and the desk, all global, must be there. */
@Module({
  imports: [HttpModule, ArmsDoorModule, ContractDoorModule, ExecutorDoorModule, ReflexDoorModule, TasksModule],
  controllers: [
    KeysController,
    GuideKeysController,
    TokensController,
    DocumentsController,
    CoderController,
    JudgeController,
    GuardianController,
    PlannerController,
    RetrieverController,
    HealthController,
    DebugController,
    DocsController,
  ],
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
