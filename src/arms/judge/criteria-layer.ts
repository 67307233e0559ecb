import type { CriterionResult, Issue } from '../../contracts/outcome';
import type { LayerResult } from './layer';

/** The user's own criteria and constraints, judged; confidence is passed/all, so that `unknown` never counts as passed. */
export const criteriaLayer = (criteria: readonly CriterionResult[]): LayerResult => {
  if (criteria.length === 0) return { name: 'criteria', issues: [] };
  const passed = criteria.filter(({ state }) => state === 'passed').length;
  return {
    name: 'criteria',
    confidence: passed / criteria.length,
    issues: criteria.flatMap(toIssue),
    criteria: [...criteria],
  };
};

const toIssue = ({ criterion, state, explanation }: CriterionResult): Issue[] => {
  const message = `${criterion}: ${explanation}`;
  if (state === 'failed') {
    return [{ severity: 'error', type: 'criteria_not_met', message, suggestion: `Meet the criterion "${criterion}".` }];
  }
  return state === 'unknown' ? [{ severity: 'warning', type: 'criteria_unknown', message }] : [];
};

/** The plan's criteria are the planner's idea of the work, not the user's wish: worth knowing, never decisive. */
export const stepCriteriaIssues = (criteria: readonly CriterionResult[]): Issue[] =>
  criteria.map(({ criterion, state, explanation }) => ({
    severity: 'info',
    type: 'step_criterion',
    message: `${criterion} (${state}): ${explanation}`,
  }));
