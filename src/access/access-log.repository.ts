import { Injectable } from '@nestjs/common';
import { ActionMarks } from '../common/action-marks.service';
import { storableJson } from '../common/storable';
import type { JsonObject } from '../contracts/json';
import { Database } from '../drivers/database/database.service';

export interface AccessEvent {
  type:
    'grant_issued' | 'grant_used' | 'grant_denied' | 'grant_revoked' | 'key_created' | 'key_revoked' | 'key_rotated';
  /** The arm a grant is for or was shown at; `access` for keys. */
  arm: string;
  /** Empty when it concerns no task. */
  taskId: string;
  details: JsonObject;
}

/** Who was let in, in the same log as what the arms did. It never holds a key or a token. */
@Injectable()
export class AccessLog {
  constructor(
    private readonly database: Database,
    private readonly marks: ActionMarks,
  ) {}

  async write({ type, arm, taskId, details }: AccessEvent): Promise<void> {
    const { id, mark } = this.marks.next();
    await this.database.query(
      'INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, mark, taskId.slice(0, 255), arm.slice(0, 50), type, storableJson(details)],
    );
  }
}
