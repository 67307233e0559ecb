import { average, counter } from '../../common/metrics';
import type { ArmResult } from '../../contracts/arm';
import type { CodeOperation } from '../../contracts/direct';

const requests = counter('coder_requests_total', 'Requests to the coder that were answered', [
  'request_type',
  'language',
]);
const confidence = average('coder_avg_confidence', 'Mean confidence of its answers since the start, 0 to 1');
const tokens = counter('coder_tokens_used_total', 'Tokens of its calls of a model');

/** Callers name languages as they like, and every name would be a series of its own. */
const LANGUAGES = new Set(
  'python javascript typescript go rust java cpp c csharp ruby php bash sql kotlin swift'.split(' '),
);

/** Moves what `/metrics` says of the coder's answers. */
export const countAnswer = (operation: CodeOperation, answer: ArmResult): void => {
  const { language } = answer.output;
  const isKnown = typeof language === 'string' && LANGUAGES.has(language);
  requests.inc({ request_type: operation, language: isKnown ? language : 'other' });
  confidence.observe(answer.confidence);
};

/** Tokens are used whatever comes of it. */
export const countTokens = (used: number): void => tokens.inc(used);
