import { Module } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ExecutionGrants } from './execution-grants.service';
import { Executions } from './executions.service';
import { ExecutorController } from './executor.controller';
import { GuideExecutorController } from './guide-executor.controller';

/** The executor over HTTP. The desk, `AccessModule` and `HttpModule`, all global, must be there. */
@Module({
  controllers: [ExecutorController, GuideExecutorController],
  providers: [Clock, ExecutionGrants, Executions],
})
export class ExecutorDoorModule {}
