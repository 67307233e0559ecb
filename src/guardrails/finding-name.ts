import type { Finding, FindingType } from '../contracts/verdict';

const NOUN: Readonly<Record<FindingType, string>> = {
  secret: 'a secret',
  pii: 'personal data',
  injection: 'an attempt to steer a model',
  malicious_content: 'malicious content',
  inappropriate_content: 'inappropriate content',
  policy_violation: 'something the policy names',
};

/** What was found, within a sentence: `a secret (github_token)`. The kind is the one that a rule of the policy would name. */
export const findingName = ({ type, kind }: Pick<Finding, 'type' | 'kind'>): string => `${NOUN[type]} (${kind})`;

/** A sentence that may begin with such a name. */
export const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
