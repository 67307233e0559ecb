import { Injectable } from '@nestjs/common';
import type { TaskDraft } from '../contracts/task';
import { UserError } from '../common/errors';
import { counter } from '../common/metrics';
import { Reflex } from '../reflex/reflex.service';
import type { AcceptOptions } from './intake.port';

const screenings = counter('orchestrator_reflex_calls_total', 'Goals the reflex layer has screened', ['status']);

/** Has the reflex layer look at what comes in. */
@Injectable()
export class DraftScreening {
  constructor(private readonly reflex: Reflex) {}

  /** The draft to go on with. Errors: `UserError` `policy_violation` when there is none. */
  screened(draft: TaskDraft, options: AcceptOptions = {}): TaskDraft {
    const screening = this.reflex.screen(draft, options);
    const isBlocked = screening.decision === 'block';
    screenings.inc({ status: isBlocked ? 'blocked' : 'success' });
    if (!isBlocked) return screening.draft;
    throw new UserError('policy_violation', screening.reason ?? 'Task blocked by security policy', {
      details: screening.details,
    });
  }
}
