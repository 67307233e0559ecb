import type { Risk } from '../../contracts/direct';
import type { Action, FindingType } from '../../contracts/verdict';

const RISKS: readonly Risk[] = ['none', 'low', 'medium', 'high', 'critical'];
export type Grave = Exclude<Risk, 'none'>;

const lesser = (a: Grave, b: Grave): Grave => (RISKS.indexOf(a) < RISKS.indexOf(b) ? a : b);
export const greater = (a: Grave, b: Grave): Grave => (RISKS.indexOf(a) > RISKS.indexOf(b) ? a : b);

/** The gravest of several; `none` without any. */
export const worstOf = <R extends Risk>(risks: readonly R[]): R | 'none' =>
  risks.reduce<R | 'none'>((worst, one) => (RISKS.indexOf(one) > RISKS.indexOf(worst) ? one : worst), 'none');

export const isUnsafe = (risk: Risk): boolean => risk === 'high' || risk === 'critical';

/** Contract 5.16: the gravest personal data is high, a secret is critical, malicious content high, inappropriate medium. */
export const riskOf = (type: FindingType, severity: Grave): Grave => {
  if (type === 'secret') return severity === 'low' ? 'low' : 'critical';
  if (type === 'pii') return lesser(severity, 'high');
  if (type === 'malicious_content') return 'high';
  return type === 'inappropriate_content' ? 'medium' : severity;
};

/** By default low risk passes with a warning, medium is redacted, what is graver blocks: an action that is named says the risk. */
export const riskUnder = (action: Exclude<Action, 'allow'>, risk: Grave): Grave => {
  if (action === 'warn') return 'low';
  return action === 'redact' ? lesser(risk, 'medium') : greater(risk, 'high');
};
