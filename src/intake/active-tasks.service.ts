import { Injectable, type OnModuleInit } from '@nestjs/common';
import { lookedUp } from '../common/metrics';
import { TASK_STATUSES, isTerminal } from '../contracts/task';
import { TaskCensus } from './task-census.port';

const active = lookedUp('octollm_active_tasks', 'Tasks that have not ended, of the whole installation');

/** Has `/metrics` tell how many tasks there are to be done. */
@Injectable()
export class ActiveTasks implements OnModuleInit {
  constructor(private readonly census: TaskCensus) {}

  onModuleInit(): void {
    const open = TASK_STATUSES.filter((status) => !isTerminal(status));
    active.by(async () => {
      const tasks = await this.census.count();
      return open.reduce((sum, status) => sum + tasks[status], 0);
    });
  }
}
