import { Injectable } from '@nestjs/common';
import { UserError } from '../common/errors';
import type { JsonValue } from '../contracts/json';
import type { Finding } from '../contracts/verdict';
import { findingName, Guardrails } from '../guardrails/guardrails.service';

/** A value as memory may keep it. */
export interface Kept<T> {
  value: T;
  /** How many values of each kind were taken out. */
  kinds: Record<string, number>;
}

/** What may be kept to be found again: everything written here passes it first. */
@Injectable()
export class MemoryFilter {
  constructor(private readonly guardrails: Guardrails) {}

  /**
   * The value without what is not to be kept. `place` is where the caller gave it, for the error. Nobody can be asked here, so
   * that what needs an approval is refused. Errors: `UserError` `policy_violation`.
   */
  keep<T extends JsonValue>(value: T, place: string): Kept<T> {
    const { value: kept, decision, hits } = this.guardrails.screen(value, { direction: 'memory' });
    const findings = hits.map(({ finding }) => finding);
    if (decision === 'block' || decision === 'needs_approval') throw refused(findings, place);
    const kinds: Record<string, number> = {};
    for (const { action, kind } of findings) if (action === 'redact') kinds[kind] = (kinds[kind] ?? 0) + 1;
    return { value: kept, kinds };
  }

  /** Nothing, for a name that may be kept as it is. Errors: `UserError` `policy_violation`. */
  name(name: string, place: string): void {
    const { decision, hits } = this.guardrails.screen(name, { direction: 'memory' });
    if (decision === 'pass') return;
    const [found] = hits.map(({ finding }) => finding).filter(({ action }) => action !== 'warn');
    throw new UserError('policy_violation', `${place} holds ${nameOf(found)}, and names are kept. Choose another.`, {
      details: { field: place },
    });
  }
}

const nameOf = (finding: Finding | undefined): string =>
  finding === undefined ? 'what memory must not keep' : findingName(finding);

const refused = (findings: readonly Finding[], place: string): UserError => {
  const grave = findings.filter(({ action }) => action === 'block' || action === 'approve');
  const isOpen = grave.every(({ action }) => action === 'approve');
  const [{ field } = { field: '' }] = grave;
  const reason = isOpen ? 'which only a person could approve, and nobody can be asked here' : 'which the policy blocks';
  const where = field === '' ? place : `${place}.${field}`;
  return new UserError('policy_violation', `${where} holds ${nameOf(grave[0])}, ${reason}. Nothing was stored.`, {
    details: { field: where },
  });
};
