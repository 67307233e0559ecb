import { Injectable } from '@nestjs/common';
import { ActionMarks } from '../common/action-marks.service';
import { storableJson } from '../common/storable';
import { Database } from '../drivers/database/database.service';
import type { LoggedAction } from './arm.port';

export interface Action extends LoggedAction {
  taskId: string;
  arm: string;
}

/** The action log: what was done, by whom, and how it ended. Steps write their own line with their result. */
@Injectable()
export class ActionRepository {
  constructor(
    private readonly database: Database,
    private readonly marks: ActionMarks,
  ) {}

  async log({ taskId, arm, type, details, result }: Action): Promise<void> {
    const { id, mark } = this.marks.next();
    await this.database.query(
      `INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details, result)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, mark, taskId, arm, type, storableJson(details), storableJson(result)],
    );
  }
}
