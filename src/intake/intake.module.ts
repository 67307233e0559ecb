import { Global, Module } from '@nestjs/common';
import { ReflexModule } from '../reflex/reflex.module';
import { ActiveTasks } from './active-tasks.service';
import { ApprovalDesk } from './approval-desk.port';
import { LocalApprovalDesk } from './approval-desk.service';
import { ArmDesk } from './arm-desk.port';
import { RosterArmDesk } from './arm-desk.service';
import { DirectRuns } from './direct-runs.service';
import { DraftScreening } from './draft-screening.service';
import { IntakePort } from './intake.port';
import { Intake } from './intake.service';
import { ReflexDesk } from './reflex-desk.port';
import { LocalReflexDesk } from './reflex-desk.service';
import { RunRepository } from './run.repository';
import { TaskCensus } from './task-census.port';
import { StoredTaskCensus } from './task-census.repository';
import { TaskRecords } from './task.repository';

@Global()
@Module({
  imports: [ReflexModule],
  providers: [
    ActiveTasks,
    DirectRuns,
    DraftScreening,
    RunRepository,
    TaskRecords,
    { provide: IntakePort, useClass: Intake },
    { provide: ApprovalDesk, useClass: LocalApprovalDesk },
    { provide: ArmDesk, useClass: RosterArmDesk },
    { provide: ReflexDesk, useClass: LocalReflexDesk },
    { provide: TaskCensus, useClass: StoredTaskCensus },
  ],
  exports: [ApprovalDesk, ArmDesk, IntakePort, TaskCensus, ReflexDesk],
})
export class IntakeModule {}
