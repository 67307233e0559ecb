import { Injectable } from '@nestjs/common';
import type { CleansedContext, InspectOptions } from '../contracts/inspection';
import type { JsonObject, JsonValue } from '../contracts/json';
import type { TaskDraft } from '../contracts/task';
import { atLeast, Detection, type InjectionMatch, type ScanOptions } from '../detection/detection.service';
import { riskOf } from './findings';
import { sizeProblem } from './size';
import { type FoundInjection, type FoundValue, toFoundInjection, toFoundValue } from './summary';

/** What screening a draft came to. */
export interface Screening {
  /** `redact`: go on with `draft`, in which placeholders stand for what was found. `block`: do not go on. */
  decision: 'pass' | 'redact' | 'block';
  /** The draft to go on with, or to keep: never holds a secret or personal data of severity Medium or higher. */
  draft: TaskDraft;
  pii: FoundValue[];
  injection: FoundInjection[];
  /** Why it was blocked, for people. */
  reason?: string;
  /** Body of the error for a blocked task: `{pii_detected, injection_detected, pii_matches, injection_matches}`. */
  details: JsonObject;
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

/** Names of what was found in one field, without repetition. */
const kindsIn = (found: FoundValue[], where: string): string => {
  const kinds = found.filter(({ field }) => field === where).map(({ pii_type: kind }) => kind);
  return [...new Set(kinds)].join(', ');
};

/** One pass over the texts of a draft, in which what was found is gathered. */
class Screener {
  readonly pii: FoundValue[] = [];
  readonly injection: FoundInjection[] = [];
  /** Lower-case names of what was found. */
  readonly kinds = new Set<string>();
  readonly attempts: InjectionMatch[] = [];
  isCritical = false;
  isChanged = false;

  constructor(
    private readonly detection: Detection,
    private readonly checks: ScanOptions = {},
  ) {}

  /** `label` is the key the text stands under. */
  text(field: string, text: string, label?: string): string {
    const { pii, secrets, injection } = this.detection.scan(text, {
      ...this.checks,
      ...(label !== undefined && { label }),
    });
    const values = [...pii, ...secrets].filter(({ isExample }) => !isExample);
    this.pii.push(...values.map((match) => toFoundValue(field, match)));
    for (const { kind } of values) this.kinds.add(kind);
    this.attempts.push(...injection);
    for (const match of injection) {
      this.isCritical ||= match.severity === 'critical';
      this.injection.push(toFoundInjection(field, match, this.redacted(match.value)));
    }
    const grave = values.filter(({ severity }) => atLeast(severity, 'medium'));
    if (grave.length === 0) return text;
    this.isChanged = true;
    return this.detection.redact(text, grave);
  }

  list(field: string, texts: readonly string[]): string[] {
    return texts.map((text, i) => this.text(`${field}.${i}`, text));
  }

  value(field: string, value: JsonValue, label: string): JsonValue {
    if (typeof value === 'string') return this.text(field, value, label);
    if (Array.isArray(value)) return value.map((inner, i) => this.value(`${field}.${i}`, inner, label));
    return typeof value === 'object' && value !== null ? this.object(field, value) : value;
  }

  object(field: string, object: JsonObject): JsonObject {
    const entries = new Map<string, JsonValue | undefined>();
    for (const [key, inner] of Object.entries(object)) {
      const name = this.text(`${field}.(key)`, key);
      let free = name;
      for (let n = 2; entries.has(free); n++) free = `${name} (${n})`;
      entries.set(free, inner === undefined ? undefined : this.value(`${field}.${name}`, inner, key));
    }
    return Object.fromEntries(entries);
  }

  private redacted(text: string): string {
    const { pii, secrets } = this.detection.scan(text, { injection: false });
    return this.detection.redact(text, [...pii, ...secrets]);
  }
}

/**
 * Looks at a task before anything else does, without a model. A critical attempt to steer the model, after context, blocks;
 * secrets, and personal data of severity Medium or higher, are replaced; values set aside for documentation stay.
 */
@Injectable()
export class Reflex {
  constructor(private readonly detection: Detection) {}

  /** A context with placeholders, as `screen` puts them into a draft's. Never throws. */
  cleanse(context: JsonObject, checks: Pick<InspectOptions, 'checkPii' | 'checkInjection'>): CleansedContext {
    const { checkPii: pii, checkInjection: injection } = checks;
    const screener = new Screener(this.detection, { pii, secrets: pii, injection });
    const cleansed = screener.object('context', context);
    const { kinds, attempts, isCritical } = screener;
    return {
      value: cleansed,
      kinds: [...kinds],
      injectionDetected: attempts.length > 0,
      isAttack: isCritical,
      risk: riskOf(attempts),
      confidence: Math.max(0, ...attempts.map(({ confidence }) => confidence)),
    };
  }

  /**
   * Never throws. `metadata` belongs to the caller and reaches no model: it is measured but neither read nor changed.
   * @param options With `refuse`, personal data or a secret in the goal blocks instead of being replaced.
   */
  screen(draft: TaskDraft, { personalData = 'redact' }: { personalData?: 'redact' | 'refuse' } = {}): Screening {
    const reason = sizeProblem({ ...draft, budget: { ...draft.budget } });
    if (reason !== undefined)
      return toScreening({
        decision: 'block',
        draft: { ...draft, goal: '', constraints: [], acceptanceCriteria: [], context: {}, metadata: {} },
        pii: [],
        injection: [],
        reason,
      });

    const screener = new Screener(this.detection);
    const screened: TaskDraft = {
      ...draft,
      goal: screener.text('goal', draft.goal),
      constraints: screener.list('constraints', draft.constraints),
      acceptanceCriteria: screener.list('acceptance_criteria', draft.acceptanceCriteria),
      context: screener.object('context', draft.context),
    };
    const { pii, injection, isCritical, isChanged } = screener;
    if (isCritical) {
      const fields = new Set(injection.filter(({ severity }) => severity === 'Critical').map(({ field }) => field));
      return toScreening({
        decision: 'block',
        draft: screened,
        pii,
        injection,
        reason: `Blocked by the security policy: ${[...fields].join(', ')} tries to override what the assistant was told. Rephrase it as a plain goal.`,
      });
    }
    if (personalData === 'refuse' && screened.goal !== draft.goal) {
      const reason = `Blocked by the security policy: goal contains ${kindsIn(pii, 'goal')}. Remove it, or describe it in general words.`;
      return toScreening({ decision: 'block', draft: screened, pii, injection, reason });
    }
    return toScreening({
      decision: isChanged ? 'redact' : 'pass',
      draft: isChanged ? screened : draft,
      pii,
      injection,
    });
  }
}
