import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { ExecutorArm } from './executor.arm';

@Module({ imports: [ArmQueueModule.for('executor')], providers: [ExecutorArm] })
export class ExecutorModule {}
