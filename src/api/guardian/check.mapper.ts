import type { Check, CheckIssue, CheckReply, Risk } from '../../contracts/direct';
import type { ArmAnswer, ArmCall } from '../../intake/intake.port';
import { directDraft } from '../http/direct-draft';
import type { Wire } from '../http/types';
import { type CheckRequestDto, type CheckWord, asksByText } from './check-request.dto';
import { type CheckDto, type CheckIssueDto, ENTITY_TYPES, type PiiEntityDto } from './check-response.dto';

type Given = Wire<CheckRequestDto>;

/** What each word of a client means. */
const MEANINGS: Record<Exclude<CheckWord, 'all'>, readonly Check[]> = {
  pii: ['pii'],
  secrets: ['secrets'],
  content: ['injection', 'malicious', 'inappropriate'],
  policy: ['policy'],
  injection: ['injection', 'malicious'],
  harmful_content: ['inappropriate'],
  policy_violation: ['policy'],
};
/** To a client without a word of its own for secrets they are personal data. */
const ABOUT_PEOPLE: readonly Check[] = ['pii', 'secrets'];
type Word = keyof typeof MEANINGS;
const ALL: Word[] = ['pii', 'secrets', 'content', 'policy'];
const PYTHON_DEFAULT: Word[] = ['pii', 'injection', 'harmful_content'];
const RISK_SCORES: Record<Risk, number> = { none: 0, low: 0.2, medium: 0.5, high: 0.7, critical: 0.9 };

const isWord = (word: CheckWord): word is Word => word !== 'all';

/** What is asked for, in the client's words, by three bodies: `text`; `content` with `check_types` or `sanitize`; `content` with switches, or alone. */
const wordsOf = (given: Given): Word[] => {
  const isPlain = !asksByText(given) && typeof given.sanitize !== 'boolean' && !Array.isArray(given.check_types);
  if (isPlain) {
    return [
      ...(given.check_pii === false ? [] : ['pii' as const]),
      ...(given.check_harmful === false ? [] : ['content' as const]),
    ];
  }
  const words = given.check_types ?? PYTHON_DEFAULT;
  return [...new Set(words.every(isWord) ? words : ALL)];
};

const checksOf = (given: Given): Check[] =>
  wordsOf(given).flatMap((word) => (word === 'pii' && !asksByText(given) ? ABOUT_PEOPLE : MEANINGS[word]));

export const textOf = ({ text, content }: Pick<Given, 'text' | 'content'>): string => text ?? content ?? '';

export const toCheckCall = (given: Given): ArmCall => ({
  arm: 'safety-guardian',
  draft: directDraft({ goal: 'Check a text' }),
  input: { text: textOf(given), checks: [...new Set(checksOf(given))] },
  action: 'Check a text',
});

const TYPES: Record<CheckIssue['type'], Pick<CheckIssueDto, 'type' | 'issue_type'>> = {
  pii: { type: 'pii', issue_type: 'pii' },
  secret: { type: 'secret', issue_type: 'pii' },
  malicious_content: { type: 'malicious_content', issue_type: 'injection' },
  prompt_injection: { type: 'malicious_content', issue_type: 'injection' },
  inappropriate_content: { type: 'inappropriate_content', issue_type: 'harmful_content' },
  policy_violation: { type: 'policy_violation', issue_type: 'policy_violation' },
};

const toIssue = ({ type, pattern, risk, message, start, end, redaction }: CheckIssue): Wire<CheckIssueDto> => ({
  ...TYPES[type],
  risk_level: risk,
  message,
  matched_pattern: pattern,
  position: start,
  ...(redaction !== undefined && { redaction, detected_value: redaction }),
  severity: risk,
  description: message,
  location: `${start}-${end}`,
});

const toEntities = (issues: readonly CheckIssue[], text: string): Wire<PiiEntityDto>[] =>
  issues.flatMap(({ type, pattern, start, end, confidence }) => {
    const entity = ENTITY_TYPES.find((name) => name === pattern);
    return type !== 'pii' || entity === undefined
      ? []
      : [{ type: entity, value: text.slice(start, end), start, end, confidence }];
  });

const patternsOf = (issues: readonly CheckIssue[], ...types: CheckIssue['type'][]): string[] => [
  ...new Set(issues.filter(({ type }) => types.includes(type)).map(({ pattern }) => pattern)),
];

const isGrave = (risk: Risk): boolean => risk === 'high' || risk === 'critical';

/** The answer in the words of all clients at once. Whether a text is safe is decided before anything is redacted. */
export const toCheckDto = (answer: ArmAnswer, given: Given): Wire<CheckDto> => {
  const { issues, risk, sanitized, durationMs } = answer.output as CheckReply;
  const text = textOf(given);
  const shown = (given.redact_pii ?? given.sanitize ?? true) ? sanitized : text;
  const blocked = isGrave(risk) && given.block_on_high_risk !== false;
  const harms = patternsOf(issues, 'malicious_content', 'inappropriate_content', 'prompt_injection');
  const grave = [...new Set(issues.filter((issue) => isGrave(issue.risk)).map(({ pattern }) => pattern))];
  return {
    safe: !isGrave(risk),
    risk_level: risk,
    risk_score: RISK_SCORES[risk],
    should_proceed: !blocked,
    blocked,
    issues: issues.map(toIssue),
    sanitized_text: shown,
    sanitized_content: shown,
    redacted_content: shown,
    pii_detected: issues.some(({ type }) => type === 'pii' || type === 'secret'),
    pii_entities: toEntities(issues, text),
    harmful_detected: harms.length > 0,
    harm_categories: harms,
    metadata: {
      checks_performed: wordsOf(given),
      pii_types_found: patternsOf(issues, 'pii'),
      secret_types_found: patternsOf(issues, 'secret'),
      processing_time_ms: Number(durationMs.toFixed(3)),
      ...(blocked && { block_reason: `${risk} risk: ${grave.join(', ')}` }),
    },
  };
};
