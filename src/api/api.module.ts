import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { Clock } from '../common/clock';
import { watchProcess } from '../common/metrics';
import { DocsController } from './server/docs.controller';
import { HealthController } from './server/health.controller';
import { ErrorFilter } from './http/error.filter';
import { ValidateRequest } from './http/validation';
import { DocumentsController } from './documents/documents.controller';
import { TasksController } from './tasks/tasks.controller';

/** The doors. `ConfigModule`, `HealthModule` and the desk, all global, must be there. */
@Module({
  controllers: [TasksController, DocumentsController, HealthController, DocsController],
  providers: [Clock, { provide: APP_FILTER, useClass: ErrorFilter }, { provide: APP_PIPE, useClass: ValidateRequest }],
})
export class ApiModule implements OnModuleInit {
  onModuleInit(): void {
    watchProcess();
  }
}
