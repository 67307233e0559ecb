import { z } from 'zod';
import {
  CHECKS,
  type Check,
  type CheckIssue,
  type CheckReply,
  type CheckRequest,
  type Risk,
} from '../../contracts/direct';
import type { Detection, InjectionMatch, Match } from '../../detection/detection.service';

/** What a directly asked guardian is given. */
export const checkRequest: z.ZodType<CheckRequest> = z.object({ text: z.string(), checks: z.array(z.enum(CHECKS)) });

/** Shape alone is enough here: a number in the form of a card is reported although its checksum fails. */
const MIN_CONFIDENCE = 0.7;
const RISKS: readonly Risk[] = ['none', 'low', 'medium', 'high', 'critical'];
const MALICIOUS = new Set(['sql_injection', 'xss', 'path_traversal', 'command_injection']);

const inWords = (name: string): string => name.replaceAll('_', ' ');

/**
 * The gravest personal data is high, a secret is critical. Whoever asks for a check is told of values set aside
 * for documentation, such as `jo@example.com`, as of any other.
 */
const riskOf = ({ severity }: Match, type: 'pii' | 'secret'): CheckIssue['risk'] => {
  if (type === 'secret') return severity === 'low' ? 'low' : 'critical';
  return severity === 'critical' ? 'high' : severity;
};

const toValueIssue = (type: 'pii' | 'secret', match: Match): CheckIssue => ({
  type,
  pattern: match.kind,
  risk: riskOf(match, type),
  message: `${type === 'secret' ? 'A secret' : 'Personal data'} was found: ${inWords(match.kind)}.`,
  start: match.start,
  end: match.end,
  confidence: match.confidence,
  redaction: match.placeholder,
});

const CHECK_OF = { malicious_content: 'malicious', inappropriate_content: 'inappropriate' } as const;
type ContentIssue = CheckIssue & { type: keyof typeof CHECK_OF };

const toContentIssue = (match: Match): ContentIssue => {
  const isMalicious = MALICIOUS.has(match.kind);
  return {
    type: isMalicious ? 'malicious_content' : 'inappropriate_content',
    pattern: match.kind,
    risk: isMalicious ? 'high' : 'medium',
    message: `${isMalicious ? 'Malicious' : 'Inappropriate'} content was found: ${inWords(match.kind)}.`,
    start: match.start,
    end: match.end,
    confidence: match.confidence,
  };
};

const toInjectionIssue = (match: InjectionMatch): CheckIssue => ({
  type: 'prompt_injection',
  pattern: match.detector,
  risk: match.severity,
  message: `An attempt to steer the model was found: ${match.type}.`,
  start: match.start,
  end: match.end,
  confidence: match.confidence,
});

/**
 * Looks at a text in the order personal data, secrets, content. Positions refer to the text as given; what has a redaction is
 * found once, so that positions and `sanitized` agree.
 */
export const check = (detection: Detection, text: string, checks: readonly Check[]): Omit<CheckReply, 'durationMs'> => {
  const asked = new Set(checks);
  const { pii, secrets, injection, content } = detection.scan(text, {
    pii: asked.has('pii'),
    secrets: asked.has('secrets'),
    injection: asked.has('injection'),
    content: asked.has('malicious') || asked.has('inappropriate'),
    minConfidence: MIN_CONFIDENCE,
  });
  // A secret that also looks like personal data is told once, as what is graver.
  const personal = pii.filter(({ start, end }) => !secrets.some((one) => start < one.end && one.start < end));
  const issues = [
    ...personal.map((match) => toValueIssue('pii', match)),
    ...secrets.map((match) => toValueIssue('secret', match)),
    ...injection.map(toInjectionIssue),
    ...content.map(toContentIssue).filter(({ type }) => asked.has(CHECK_OF[type])),
  ];
  const risk = RISKS.findLast((level) => issues.some((issue) => issue.risk === level)) ?? 'none';
  return { issues, risk, sanitized: detection.redact(text, [...pii, ...secrets]) };
};
