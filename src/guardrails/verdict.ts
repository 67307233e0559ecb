import { type Action, type Decision, DECISIONS, type Finding, type ScreeningVerdict } from '../contracts/verdict';

const MOST_FINDINGS = 50;

const DECISION_OF: Readonly<Record<Action, Decision>> = {
  allow: 'pass',
  warn: 'pass',
  redact: 'redact',
  approve: 'needs_approval',
  block: 'block',
};
const gravity = (decision: Decision): number => DECISIONS.indexOf(decision);

/** The gravest of what the findings ask for. */
export const decisionOf = (findings: readonly Pick<Finding, 'action'>[]): Decision =>
  findings.reduce<Decision>((worst, { action }) => {
    const decision = DECISION_OF[action];
    return gravity(decision) > gravity(worst) ? decision : worst;
  }, 'pass');

/** What is stored: findings nobody acts on are left out, the gravest come first. */
export const toVerdict = (findings: readonly Finding[]): ScreeningVerdict => {
  const worth = findings.filter(({ action }) => action !== 'allow');
  const gravest = worth.toSorted((a, b) => gravity(DECISION_OF[b.action]) - gravity(DECISION_OF[a.action]));
  const more = worth.length - MOST_FINDINGS;
  return { decision: decisionOf(worth), findings: gravest.slice(0, MOST_FINDINGS), ...(more > 0 && { more }) };
};
