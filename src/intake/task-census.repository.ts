import { Injectable } from '@nestjs/common';
import { TASK_STATUSES, type TaskStatus } from '../contracts/task';
import { Database } from '../drivers/database/database.service';
import { TaskCensus } from './task-census.port';

@Injectable()
export class StoredTaskCensus extends TaskCensus {
  constructor(private readonly database: Database) {
    super();
  }

  async count(): Promise<Record<TaskStatus, number>> {
    const rows = await this.database.query<{ status: TaskStatus; tasks: number }>(
      'SELECT status, count(*)::int AS tasks FROM tasks WHERE direct_arm IS NULL GROUP BY status',
    );
    const none = Object.fromEntries(TASK_STATUSES.map((status) => [status, 0])) as Record<TaskStatus, number>;
    return { ...none, ...Object.fromEntries(rows.map(({ status, tasks }) => [status, tasks])) };
  }
}
