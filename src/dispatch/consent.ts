import { UserError } from '../common/errors';
import { storableText } from '../common/storable';
import type { Finding } from '../contracts/verdict';
import type { Guardrails, Screened } from '../guardrails/guardrails.service';
import { objection } from './finding-words';

/** Ends an attempt: a person is to be asked first. The step then waits, and is run again once one has agreed. */
export class ApprovalNeeded extends Error {
  /** `reason` is shown to whoever decides, and stored. */
  constructor(readonly reason: string) {
    super(reason);
    this.name = new.target.name;
  }
}

export const blocked = (findings: readonly Finding[]): UserError =>
  new UserError('policy_violation', objection(findings, 'block'));

/** What people have agreed to, of what one step is about to do. Who agrees to one thing has not agreed to another. */
export class Consent {
  /** @param approved The reasons that people have agreed to, as they were asked. */
  constructor(
    private readonly guardrails: Guardrails,
    private readonly approved: readonly string[],
  ) {}

  /** Returns when a person has agreed to this very reason. Errors: `ApprovalNeeded`. */
  require(reason: string): void {
    // The reason is stored and told, and so held to what memory is held to.
    const question = storableText(this.guardrails.screen(reason, { direction: 'memory' }).value);
    if (!this.approved.includes(question)) throw new ApprovalNeeded(question);
  }

  /** The value, if it may go on. Errors: `UserError` `policy_violation`, `ApprovalNeeded`. */
  admit<T>({ value, decision, hits }: Screened<T>): T {
    const findings = hits.map(({ finding }) => finding);
    if (decision === 'block') throw blocked(findings);
    if (decision === 'needs_approval') this.require(objection(findings, 'approve'));
    return value;
  }
}
