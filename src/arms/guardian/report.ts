import type { EarlierResult } from '../../contracts/arm';
import type { GuardReport } from '../../contracts/outcome';
import type { Action, Finding } from '../../contracts/verdict';
import { asSentence, findingName, isMadeUp } from '../../guardrails/guardrails.service';
import { type Grave, greater, isUnsafe, riskOf, riskUnder, worstOf } from './risk';

type GuardIssue = GuardReport['issues'][number] & { riskLevel: Grave };

/** Texts in which a written-out address or number is test data: programs, their tests, and what those print. */
const PROGRAM = /(?:^|\.)(?:code|tests|stdout|stderr|failures\.\d+)$/;
const MOST_POSITIONS = 5;

/** A finding in the result of a step, with what the user's own rules say of it, if they do. */
export interface Examined {
  finding: Finding;
  named?: Action;
}

/**
 * What it is worth a report, if at all. Content and attempts to steer are at most a warning: honest work on security is full of
 * them. In programs and their tests addresses and telephone numbers are test data.
 */
const riskUnderPolicy = ({ finding: { type, kind, severity, action, field }, named }: Examined): Grave | undefined => {
  const isProgram = PROGRAM.test(field);
  if (named === 'allow') return undefined;
  if (type === 'secret' || type === 'pii') {
    const risk = riskOf(type, severity);
    if (isMadeUp(kind, field)) return named === undefined ? undefined : riskUnder(named, risk);
    if (type === 'pii' && isProgram && severity !== 'high' && severity !== 'critical') return undefined;
    return named === undefined ? risk : riskUnder(named, risk);
  }
  if (type === 'policy_violation') return action === 'allow' ? undefined : riskUnder(action, riskOf(type, severity));
  return type === 'injection' || isProgram ? undefined : 'low';
};

/** Findings of one kind in one text are one issue. */
const issuesOf = (examined: readonly Examined[]): GuardIssue[] => {
  const groups = new Map<string, { finding: Finding; risk: Grave }[]>();
  for (const one of examined) {
    const risk = riskUnderPolicy(one);
    if (risk === undefined) continue;
    const { type, kind, field } = one.finding;
    const key = JSON.stringify([field, type, kind]);
    groups.set(key, [...(groups.get(key) ?? []), { finding: one.finding, risk }]);
  }
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { type, kind, field } = first.finding;
    const positions = same.slice(0, MOST_POSITIONS).map(({ finding }) => finding.start);
    const more = same.length > positions.length ? ` and ${same.length - positions.length} more` : '';
    const riskLevel = same.map(({ risk }) => risk).reduce(greater);
    return [
      {
        type,
        kind,
        riskLevel,
        message: `${field} contains ${findingName(first.finding)} at ${positions.join(', ')}${more}.`,
      },
    ];
  });
};

/** A program that held a secret is not done when the secret has been taken out: it no longer says where it gets one from. */
const takenOutOf = ({ key, arm, screening }: EarlierResult): GuardIssue[] => {
  const removed = (screening?.findings ?? []).filter(
    ({ type, action, direction, field }) =>
      type === 'secret' && action === 'redact' && direction === 'output' && (arm === 'coder' || PROGRAM.test(field)),
  );
  const issues = removed.map((finding): [string, GuardIssue] => {
    const where = finding.field === '' ? key : `${key}.${finding.field}`;
    const message = asSentence(
      `${findingName(finding)} was taken out of ${where}; read it from the environment instead.`,
    );
    const riskLevel = riskOf('secret', finding.severity);
    return [message, { type: 'secret', kind: finding.kind, riskLevel, message }];
  });
  return [...new Map(issues).values()];
};

/** Without the results that a repair has made again. */
export const current = (earlier: readonly EarlierResult[]): EarlierResult[] =>
  earlier.filter(({ arm }, at) => !earlier.slice(at + 1).some((later) => later.kind === 'repair' && later.arm === arm));

/**
 * Turns what was found into a report. `earlier` are the results it was found in, `examined` what is in them now. Messages name a
 * place, never the value.
 */
export const toReport = (examined: readonly Examined[], earlier: readonly EarlierResult[]): GuardReport => {
  const issues = [...earlier.flatMap(takenOutOf), ...issuesOf(examined)];
  const riskLevel = worstOf(issues.map((issue) => issue.riskLevel));
  return { safe: !isUnsafe(riskLevel), riskLevel, issues };
};
