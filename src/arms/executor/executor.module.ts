import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { DirectExecution } from './direct-execution.service';
import { ExecutorArm } from './executor.arm';
import { GuardedHttp } from './http/guarded-http.service';

@Module({ imports: [ArmQueueModule.for('executor')], providers: [ExecutorArm, DirectExecution, GuardedHttp] })
export class ExecutorModule {}
