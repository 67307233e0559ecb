import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { JudgeArm } from './judge.arm';

@Module({ imports: [ArmQueueModule.for('judge')], providers: [JudgeArm] })
export class JudgeModule {}
