import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { TASK_QUEUE } from '../contracts/bell';
import { LineageRepository } from './lineage.repository';
import { Orchestrator } from './orchestrator.service';
import { SweepRepository } from './sweep.repository';
import { Sweep } from './sweep.service';
import { TaskProcessor } from './task.processor';
import { TaskRepository } from './task.repository';

@Module({
  imports: [BullModule.registerQueue({ name: TASK_QUEUE })],
  providers: [LineageRepository, Orchestrator, Sweep, SweepRepository, TaskProcessor, TaskRepository],
  exports: [Orchestrator],
})
export class OrchestratorModule {}
