import { Module } from '@nestjs/common';
import { DetectionModule } from '../../detection/detection.module';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { GuardianArm } from './guardian.arm';

@Module({ imports: [DetectionModule, ArmQueueModule.for('safety-guardian')], providers: [GuardianArm] })
export class GuardianModule {}
