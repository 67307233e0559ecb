import { Injectable } from '@nestjs/common';
import type { CleansedContext, InspectOptions } from '../contracts/inspection';
import type { JsonObject } from '../contracts/json';
import type { TaskDraft } from '../contracts/task';
import type { FindingType } from '../contracts/verdict';
import { Detection } from '../detection/detection.service';
import { Guardrails } from '../guardrails/guardrails.service';
import { riskOf } from './findings';
import { countScreening } from './reflex-metrics';
import { sizeProblem } from './size';
import {
  type FoundInjection,
  type FoundValue,
  isAttempt,
  isValue,
  objectionTo,
  refusalOf,
  toFoundInjection,
  toFoundValue,
} from './summary';

/** What screening a draft came to. */
export interface Screening {
  /** `redact`: go on with `draft`, in which placeholders stand for what was found. `block`: do not go on. */
  decision: 'pass' | 'redact' | 'block';
  /** The draft to go on with: holds nothing that the policy wants out of goals. */
  draft: TaskDraft;
  pii: FoundValue[];
  injection: FoundInjection[];
  /** Why it was blocked, for people. */
  reason?: string;
  /** Body of the error for a blocked task: `{pii_detected, injection_detected, pii_matches, injection_matches}`. */
  details: JsonObject;
}

interface ScreeningOptions {
  /** With `refuse`, personal data or a secret in the goal blocks instead of being replaced. */
  personalData?: 'redact' | 'refuse';
}

const toScreening = (found: Omit<Screening, 'details'>): Screening => ({
  ...found,
  details: {
    pii_detected: found.pii.length > 0,
    injection_detected: found.injection.length > 0,
    pii_matches: found.pii,
    injection_matches: found.injection,
  },
});

/**
 * Looks at a task before anything else does, without a model, and does what the policy says of goals. By default a critical
 * attempt to steer the model, after context, blocks; secrets, and personal data of severity Medium or higher, are replaced;
 * values set aside for documentation stay.
 */
@Injectable()
export class Reflex {
  constructor(
    private readonly detection: Detection,
    private readonly guardrails: Guardrails,
  ) {}

  /** A context with placeholders, as `screen` puts them into a draft's. Never throws. */
  cleanse(
    context: JsonObject,
    { checkPii, checkInjection }: Pick<InspectOptions, 'checkPii' | 'checkInjection'>,
  ): CleansedContext {
    const types: FindingType[] = [
      ...(checkPii ? (['pii', 'secret'] as const) : []),
      ...(checkInjection ? (['injection'] as const) : []),
    ];
    const { value, hits } = this.guardrails.screen({ context }, { direction: 'goal', types, withAllowed: true });
    const attempts = hits.filter(isAttempt);
    return {
      value: value.context,
      kinds: [...new Set(hits.filter(isValue).map(({ finding }) => finding.kind))],
      injectionDetected: attempts.length > 0,
      isAttack: attempts.some(({ finding }) => finding.action === 'block'),
      risk: riskOf(attempts.map(({ match }) => match)),
      confidence: Math.max(0, ...attempts.map(({ match }) => match.confidence)),
    };
  }

  /**
   * Never throws. `metadata` belongs to the caller and reaches no model: it is measured but neither read nor changed. To be
   * called once per task: it is counted.
   */
  screen(draft: TaskDraft, options: ScreeningOptions = {}): Screening {
    const started = performance.now();
    const screening = this.look(draft, options);
    countScreening(screening, (performance.now() - started) / 1000);
    return screening;
  }

  private look(draft: TaskDraft, { personalData = 'redact' }: ScreeningOptions): Screening {
    const tooLarge = sizeProblem({ ...draft, budget: { ...draft.budget } });
    if (tooLarge !== undefined)
      return toScreening({
        decision: 'block',
        draft: { ...draft, goal: '', constraints: [], acceptanceCriteria: [], context: {}, metadata: {} },
        pii: [],
        injection: [],
        reason: tooLarge,
      });

    const { goal, constraints, acceptanceCriteria, context } = draft;
    const given = { goal, constraints, acceptance_criteria: acceptanceCriteria, context };
    const { value, hits, decision } = this.guardrails.screen(given, { direction: 'goal', withAllowed: true });
    const { acceptance_criteria, ...rest } = value;
    const isChanged = value !== given;
    const found = {
      draft: isChanged ? { ...draft, ...rest, acceptanceCriteria: acceptance_criteria } : draft,
      pii: hits.filter(isValue).map(toFoundValue),
      injection: hits.filter(isAttempt).map((hit) => toFoundInjection(hit, this.redacted(hit.match.value))),
    };
    const reason = objectionTo(hits) ?? (personalData === 'refuse' ? refusalOf(hits) : undefined);
    if (decision === 'block' || reason !== undefined)
      return toScreening({ ...found, decision: 'block', ...(reason !== undefined && { reason }) });
    return toScreening({ ...found, decision: isChanged ? 'redact' : 'pass' });
  }

  private redacted(text: string): string {
    const { pii, secrets } = this.detection.scan(text, { injection: false });
    return this.detection.redact(text, [...pii, ...secrets]);
  }
}
