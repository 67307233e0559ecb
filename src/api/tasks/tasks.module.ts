import { Module } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ApprovalsController } from './approvals.controller';
import { ArtifactsController } from './artifacts.controller';
import { ContractTasksController } from './contract-tasks.controller';
import { GuideTasksController } from './guide-tasks.controller';
import { OpenApiTasksController } from './openapi-tasks.controller';
import { OpenStreams } from './open-streams.service';
import { SdkTasksController } from './sdk-tasks.controller';
import { TaskDoors } from './task-doors.service';
import { TaskSockets } from './task-sockets.service';
import { TaskStreamsController } from './task-streams.controller';

/** The doors to tasks, one controller per family of clients. */
@Module({
  controllers: [
    SdkTasksController,
    OpenApiTasksController,
    ContractTasksController,
    GuideTasksController,
    TaskStreamsController,
    ApprovalsController,
    ArtifactsController,
  ],
  providers: [Clock, TaskDoors, OpenStreams, TaskSockets],
})
export class TasksModule {}
