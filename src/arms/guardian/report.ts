import type { GuardReport } from '../../contracts/outcome';
import { atLeast, type Match, type Scan } from '../../detection/detection.service';

type Risk = GuardReport['riskLevel'];
type GuardIssue = GuardReport['issues'][number];

/** Texts in which a written-out address or number is test data: programs, their tests, and what those print. */
const PROGRAM = /(?:^|\.)(?:code|tests|stdout|stderr|failures\.\d+)$/;
const MOST_POSITIONS = 5;

const RISKS: readonly Risk[] = ['none', 'low', 'medium', 'high', 'critical'];

/** The gravest personal data is high, a secret is critical. */
const riskOf = (match: Match, type: 'pii' | 'secret'): Risk => {
  if (type === 'secret') return match.severity === 'low' ? 'low' : 'critical';
  return match.severity === 'critical' ? 'high' : match.severity;
};

const inWords = (kind: string): string => kind.replaceAll('_', ' ');

const issuesOf = (where: string, type: 'pii' | 'secret', matches: readonly Match[]): GuardIssue[] =>
  [...new Set(matches.map(({ kind }) => kind))].map((kind) => {
    const same = matches.filter((match) => match.kind === kind);
    const riskLevel = same
      .map((match) => riskOf(match, type))
      .reduce((a, b) => (RISKS.indexOf(a) > RISKS.indexOf(b) ? a : b));
    const positions = same.slice(0, MOST_POSITIONS).map(({ start }) => start);
    const more = same.length > positions.length ? ` and ${same.length - positions.length} more` : '';
    return {
      type,
      kind,
      riskLevel,
      message: `${where} contains ${type === 'secret' ? 'a secret' : 'personal data'} (${inWords(kind)}) at ${positions.join(', ')}${more}.`,
    };
  });

export interface Examined extends Pick<Scan, 'pii' | 'secrets'> {
  /** Step and field, e.g. `s2.code`. */
  where: string;
}

/**
 * Turns what was found into a report. Values set aside for documentation are no issue anywhere; in programs and their tests
 * neither are addresses and telephone numbers, which are test data there. Messages name a place, never the value.
 */
export const toReport = (examined: readonly Examined[]): GuardReport => {
  const issues = examined.flatMap(({ where, pii, secrets }) => {
    const matters = (match: Match): boolean =>
      !match.isExample && (!PROGRAM.test(where) || atLeast(match.severity, 'high'));
    return [
      ...issuesOf(
        where,
        'secret',
        secrets.filter(({ isExample }) => !isExample),
      ),
      ...issuesOf(where, 'pii', pii.filter(matters)),
    ];
  });
  const riskLevel = RISKS.findLast((risk) => issues.some((issue) => issue.riskLevel === risk)) ?? 'none';
  return { safe: riskLevel !== 'high' && riskLevel !== 'critical', riskLevel, issues };
};
