import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { ProposalComparison } from './compare/comparison.service';
import { DirectJudge } from './direct-judge.service';
import { JudgeArm } from './judge.arm';

@Module({ imports: [ArmQueueModule.for('judge')], providers: [JudgeArm, DirectJudge, ProposalComparison] })
export class JudgeModule {}
