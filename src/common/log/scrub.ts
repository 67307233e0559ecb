/** Shapes of credentials that must not reach a log, whatever text they are embedded in. */
const CREDENTIALS: [RegExp, string][] = [
  [/\b(sk|pk|rk|tok|octollm|ghp|gho|github_pat|xox[abprs]|glpat)[-_][A-Za-z0-9_-]{12,}/g, '$1-[REDACTED]'],
  [/\bAKIA[0-9A-Z]{16}\b/g, 'AKIA[REDACTED]'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, '[REDACTED-JWT]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [REDACTED]'],
  [/(\b\w{1,32}:\/\/[^\s:/@]{0,64}:)[^\s@]{1,256}@/g, '$1[REDACTED]@'],
  [/((?:password|passwd|secret|api[_-]?key|token)["']?\s*[:=]\s*["']?)[^\s"',;}]{4,}/gi, '$1[REDACTED]'],
];

/** Makes a function that removes credentials by shape, and the given secrets by value. Values under 6 characters are left alone. */
export const scrubber = (secrets: (string | undefined)[]): ((text: string) => string) => {
  const values = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 6);
  return (text) => {
    const withoutValues = values.reduce((result, secret) => result.replaceAll(secret, '[REDACTED]'), text);
    return CREDENTIALS.reduce((result, [shape, substitute]) => result.replace(shape, substitute), withoutValues);
  };
};
