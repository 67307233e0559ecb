import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { PlannerArm } from './planner.arm';

@Module({ imports: [ArmQueueModule.for('planner')], providers: [PlannerArm] })
export class PlannerModule {}
