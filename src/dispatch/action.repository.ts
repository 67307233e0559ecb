import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../contracts/json';
import { storableJson } from '../common/storable';
import { Database } from '../drivers/database/database.service';

export interface Action {
  taskId: string;
  arm: string;
  type: string;
  details: JsonObject;
  result: JsonObject;
}

/** The action log: what was done, by whom, and how it ended. Steps write their own line with their result. */
@Injectable()
export class ActionRepository {
  constructor(private readonly database: Database) {}

  async log({ taskId, arm, type, details, result }: Action): Promise<void> {
    await this.database.query(
      'INSERT INTO action_log (task_id, arm_id, action_type, action_details, result) VALUES ($1, $2, $3, $4, $5)',
      [taskId, arm, type, storableJson(details), storableJson(result)],
    );
  }
}
