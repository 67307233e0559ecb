import type { ArmOffer, Assignment } from '../../contracts/arm';
import type { Intent } from '../../contracts/intent';
import { givenExecutions } from './given-executions';
import { capabilitiesOf, goalKind } from './goal-kind';

/** Below a model's usual confidence: words alone decided. */
const CONFIDENCE = 0.5;

/** The intent of a goal without a model. */
export const ruleBasedIntent = ({ goal, constraints, language }: Assignment['task'], offer?: ArmOffer): Intent => ({
  goal,
  requiredCapabilities: offer === undefined ? capabilitiesFor(goal) : [...offer.capabilities],
  constraints: [...constraints],
  complexity: complexityOf(goal, constraints),
  ...(language === undefined ? {} : { language }),
  confidence: CONFIDENCE,
});

const capabilitiesFor = (goal: string): string[] =>
  givenExecutions(goal).length > 0 ? ['code_execution'] : capabilitiesOf(goalKind(goal));

const complexityOf = (goal: string, constraints: readonly string[]): Intent['complexity'] => {
  if (goal.length > 1000 || /\b(?:distributed|architecture|microservices?|full[- ]stack|concurrent)\b/i.test(goal)) {
    return 'complex';
  }
  return goal.length > 300 || constraints.length > 3 ? 'medium' : 'simple';
};
