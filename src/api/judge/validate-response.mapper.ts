import type { CriterionResult, Issue, Verdict } from '../../contracts/outcome';
import type { ArmAnswer } from '../../intake/intake.port';
import type { Wire } from '../http/types';
import { toArmUsage } from '../http/arm-usage';
import type { IssueForm } from './validate-request.mapper';
import type { JudgeIssueDto, Severity, ValidationDto } from './validate-response.dto';

/** The verdict in the words of all dialects at once, but for the issues, of which each dialect has its own idea. */
export const toValidationDto = (answer: ArmAnswer, form: IssueForm): Wire<ValidationDto> => {
  const { valid, confidence, qualityScore, criteria, issues, layers, comparison } = answer.output as Verdict;
  const count = (severity: Issue['severity']): number => issues.filter((issue) => issue.severity === severity).length;
  return {
    valid,
    passed: valid,
    confidence,
    quality_score: qualityScore,
    issues: form === 'texts' ? issues.map(({ message }) => message) : issues.map((issue) => toIssue(issue, form)),
    passed_criteria: inState(criteria, 'passed'),
    failed_criteria: inState(criteria, 'failed'),
    criteria_results: criteria.map(({ criterion, state, explanation }) => ({
      criterion,
      passed: state === 'passed',
      explanation: state === 'unknown' ? `Not judged: ${explanation}` : explanation,
    })),
    suggestions: [...new Set([...issues.flatMap(({ suggestion = [] }) => suggestion), ...answer.warnings])],
    ...(comparison && { comparison }),
    metadata: {
      validation_types_run: layers,
      total_issues: issues.length,
      error_count: count('error'),
      warning_count: count('warning'),
      info_count: count('info'),
      ...toArmUsage(answer),
    },
  };
};

const inState = (criteria: readonly CriterionResult[], wanted: CriterionResult['state']): string[] =>
  criteria.filter(({ state }) => state === wanted).map(({ criterion }) => criterion);

const toIssue = (issue: Issue, form: IssueForm): Wire<JudgeIssueDto> => ({
  severity: form === 'typed' ? issue.severity : graded(issue),
  type: issue.type,
  category: issue.type,
  message: issue.message,
  ...(issue.location !== undefined && { location: issue.location }),
  ...(issue.suggestion !== undefined && { suggestion: issue.suggestion }),
});

const graded = ({ severity, type }: Issue): Severity => {
  if (severity === 'error') return type === 'schema_violation' ? 'critical' : 'high';
  return severity === 'warning' ? 'medium' : 'low';
};
