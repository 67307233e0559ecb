import { z } from 'zod';
import { CHECKS, type Check, type CheckIssue, type CheckReply, type CheckRequest } from '../../contracts/direct';
import type { Detection, Match } from '../../detection/detection.service';
import type { Found, Guardrails, Replacer } from '../../guardrails/guardrails.service';
import type { Policies } from '../../guardrails/policies.service';
import { EditedText } from './edited-text';
import { riskOf, riskUnder, worstOf } from './risk';

/** What a directly asked guardian is given. */
export const checkRequest: z.ZodType<CheckRequest> = z.object({ text: z.string(), checks: z.array(z.enum(CHECKS)) });

/** Shape alone is enough here: a number in the form of a card is reported although its checksum fails. */
const MIN_CONFIDENCE = 0.7;
/** What somebody wants to know about before it leaves is under the rules for what leaves. */
const DIRECTION = 'output';

type IssueType = CheckIssue['type'];

/** The check that a finding belongs to, and what it is called there. */
const PLACES: Readonly<Record<Found['type'], { check: Check; as: IssueType }>> = {
  pii: { check: 'pii', as: 'pii' },
  secret: { check: 'secrets', as: 'secret' },
  injection: { check: 'injection', as: 'prompt_injection' },
  malicious_content: { check: 'malicious', as: 'malicious_content' },
  inappropriate_content: { check: 'inappropriate', as: 'inappropriate_content' },
  policy_violation: { check: 'policy', as: 'policy_violation' },
};
const WHAT: Readonly<Record<IssueType, string>> = {
  pii: 'Personal data was found',
  secret: 'A secret was found',
  prompt_injection: 'An attempt to steer the model was found',
  malicious_content: 'Malicious content was found',
  inappropriate_content: 'Inappropriate content was found',
  policy_violation: 'Something the policy names was found',
};

const isValue = ({ type }: Found): boolean => type === 'pii' || type === 'secret';
const overlap = ({ match: a }: Found, { match: b }: Found): boolean => a.start < b.end && b.start < a.end;

/** What looks at a text, and what it goes by. */
export interface Examiner {
  detection: Detection;
  guardrails: Guardrails;
  policies: Policies;
}

/** One look through a text, in which each check sees what the ones before it left. */
class Examination {
  readonly issues: CheckIssue[] = [];
  private edited: EditedText;
  private readonly asked: ReadonlySet<Check>;
  private readonly replacement: Replacer;

  constructor(
    private readonly by: Examiner,
    text: string,
    checks: readonly Check[],
  ) {
    this.edited = EditedText.of(text);
    this.asked = new Set(checks);
    this.replacement = by.guardrails.replacer();
  }

  get sanitized(): string {
    return this.edited.text;
  }

  /** A secret that also looks like personal data is told once, as what is graver. */
  values(): void {
    const [pii, secrets] = [this.asked.has('pii'), this.asked.has('secrets')];
    if (!pii && !secrets) return;
    const look = { pii, secrets, injection: false, minConfidence: MIN_CONFIDENCE };
    const found = this.by.guardrails.find(this.sanitized, look).filter((one) => isValue(one) && this.isAsked(one));
    const secret = found.filter(({ type }) => type === 'secret');
    const isToldAlready = (one: Found): boolean => one.type === 'pii' && secret.some((other) => overlap(one, other));
    this.take(found, (one) => (isToldAlready(one) ? undefined : PLACES[one.type].as));
  }

  content(): void {
    const injection = this.asked.has('injection');
    const content = this.asked.has('malicious') || this.asked.has('inappropriate');
    if (!injection && !content) return;
    const look = { pii: false, secrets: false, injection, content, own: false };
    const found = this.by.guardrails.find(this.sanitized, look).filter((one) => this.isAsked(one));
    this.take(found, ({ type }) => PLACES[type].as);
  }

  /** The user's own patterns, and whatever else a rule of the user's names and no other check was asked for. */
  policy(): void {
    if (!this.asked.has('policy')) return;
    const all = this.by.policies.hasRules;
    const found = this.by.guardrails
      .find(this.sanitized, { pii: all, secrets: all, injection: all, content: all })
      .filter(
        (one) =>
          one.type === 'policy_violation' || (!this.isAsked(one) && this.by.policies.named(this.asFindable(one))),
      );
    this.take(found, () => 'policy_violation');
  }

  private isAsked({ type }: Found): boolean {
    return this.asked.has(PLACES[type].check);
  }

  private asFindable({ type, kind, match: { severity } }: Found) {
    return { type, kind, severity, direction: DIRECTION } as const;
  }

  /** Adds an issue for each finding that is called something, and takes out what is to be taken out. */
  private take(found: readonly Found[], nameOf: (found: Found) => IssueType | undefined): void {
    const holes: Match[] = [];
    for (const one of found) {
      const as = nameOf(one);
      const ruling =
        one.type === 'policy_violation'
          ? this.by.policies.rule(this.asFindable(one))
          : this.by.policies.named(this.asFindable(one));
      if (ruling?.action === 'allow') continue;
      const risk = riskOf(one.type, one.match.severity);
      const isHidden = ruling?.action === 'redact' || (isValue(one) && ruling?.action !== 'warn');
      const hole = isHidden ? this.hole(one, ruling?.mode ?? 'placeholder') : undefined;
      if (hole) holes.push(hole);
      if (as) this.issues.push(this.issue(one, as, ruling ? riskUnder(ruling.action, risk) : risk, hole?.placeholder));
    }
    this.edited = this.edited.without(holes, this.by.detection);
  }

  private hole({ kind, placeholder, match }: Found, mode: Parameters<Replacer>[1]): Match {
    const label = 'label' in match ? match.label : undefined;
    const hole: Match = { ...match, kind, label, placeholder, isExample: false };
    return { ...hole, placeholder: this.replacement(hole, mode) };
  }

  private issue(found: Found, type: IssueType, risk: CheckIssue['risk'], redaction: string | undefined): CheckIssue {
    const { kind, match } = found;
    return {
      type,
      pattern: type === 'prompt_injection' ? match.detector : kind,
      risk,
      message: this.by.policies.messageOf(kind) ?? `${WHAT[type]}: ${kind.replaceAll('_', ' ')}.`,
      ...this.edited.origin(match.start, match.end),
      confidence: match.confidence,
      ...(redaction !== undefined && { redaction }),
    };
  }
}

/**
 * Looks at a text in the order personal data and secrets, content, policy, each on what the one before it left. Positions refer
 * to the text as given. What a rule of the user's names is done as it says; else everything is told, and values are replaced.
 */
export const check = (by: Examiner, text: string, checks: readonly Check[]): Omit<CheckReply, 'durationMs'> => {
  const examination = new Examination(by, text, checks);
  examination.values();
  examination.content();
  examination.policy();
  const { issues, sanitized } = examination;
  return { issues, risk: worstOf(issues.map(({ risk }) => risk)), sanitized };
};
