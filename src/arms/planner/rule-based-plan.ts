import type { ArmOffer } from '../../contracts/arm';
import type { Intent } from '../../contracts/intent';
import type { Plan, PlanStep, PlannedExecution } from '../../contracts/plan';
import { givenExecutions } from './given-executions';
import { type GoalKind, goalKind, kindOfCapabilities } from './goal-kind';
import { STEP_LIMITS } from './validate-plan';

type Draft = Omit<PlanStep, 'step' | 'dependsOn'>;

/** Documents are only worth a step when the goal points at some. */
const MENTIONS_DOCUMENTS =
  /\b(?:documents?|documentation|knowledge base|according to|search|look up|as described|our (?:guide|policy|api|spec\w*))\b/i;

const COMPLEXITY_SCORES: Readonly<Record<Intent['complexity'], number>> = { simple: 0.2, medium: 0.5, complex: 0.8 };

const draft = (requiredArm: string, seconds: number, action: string, ...acceptanceCriteria: string[]): Draft => ({
  requiredArm,
  action,
  acceptanceCriteria,
  estimatedDurationSeconds: seconds,
});

const RESEARCH = draft(
  'retriever',
  3,
  'Find the passages in the stored documents that bear on the goal',
  'The passages name their sources',
  'The passages bear on the goal',
);
const CODE = draft(
  'coder',
  20,
  'Write the code for the goal together with tests that prove it',
  'The code does what the goal asks',
  'The tests cover usual and unusual input',
  'Every constraint is honoured',
);
const RUN_TESTS = draft('executor', 8, 'Run the tests in the sandbox', 'Every test was run', 'Every test passes');
const PROGRAM = draft(
  'coder',
  20,
  'Write a program that does what the goal asks, with tests',
  'The program does what the goal asks',
  'The tests cover usual and unusual input',
);
const RUN_PROGRAM = draft(
  'executor',
  8,
  'Run the program in the sandbox',
  'The program ends by itself',
  'It ends without an error',
);
const ANSWER = draft(
  'retriever',
  10,
  'Search the stored documents and answer the goal from what they say',
  'The answer addresses the goal',
  'Statements taken from documents cite them',
);
const GROUNDS = draft(
  'retriever',
  8,
  'Gather what is known about the matter to be checked',
  'The material bears on what is to be checked',
  'The material names its sources',
);
const SCREEN = draft(
  'safety-guardian',
  2,
  'Screen the material for personal data and secrets',
  'No secret is disclosed',
  'No personal data is disclosed',
);
const VERIFY = draft(
  'judge',
  10,
  'Verify the outcome against the goal and the acceptance criteria',
  'Every explicit acceptance criterion is met',
  'Every constraint is honoured',
);

const SHAPES: Readonly<Record<GoalKind, readonly Draft[]>> = {
  code: [CODE, RUN_TESTS, VERIFY],
  search: [ANSWER, SCREEN, VERIFY],
  execution: [PROGRAM, RUN_PROGRAM, VERIFY],
  validation: [GROUNDS, SCREEN, VERIFY],
  safety: [GROUNDS, SCREEN, VERIFY],
  planning: [ANSWER, SCREEN, VERIFY],
};

/** The whole goal goes to one arm of a user's; what it takes of it, that arm knows. */
const broughtBy = ({ id }: ArmOffer): readonly Draft[] => [
  draft(id, 10, 'Do what the goal asks', 'The answer is about what the goal asks', 'The answer is complete'),
  SCREEN,
  VERIFY,
];

/** Runs what the goal writes down, one after the other. The guardian fills up a plan that would be too short. */
const running = (executions: readonly PlannedExecution[]): readonly Draft[] => [
  ...executions.map((execution): Draft => ({
    ...draft(
      'executor',
      8,
      execution.actionType === 'shell' ? 'Run the given command' : `Run the given ${execution.actionType} program`,
      'It ends by itself',
      'It ends without an error',
    ),
    execution,
  })),
  ...(executions.length === 1 ? [SCREEN] : []),
  VERIFY,
];

/** A sound plan without a model: a chain that ends with the judge. `offer` is the arm of a user's that is to do the work. */
export const ruleBasedPlan = (intent: Intent, offer?: ArmOffer): Plan => {
  const kind = kindOfCapabilities(intent.requiredCapabilities) ?? goalKind(intent.goal);
  const needsDocuments = (kind === 'code' || kind === 'execution') && MENTIONS_DOCUMENTS.test(intent.goal);
  const usual = needsDocuments ? [RESEARCH, ...SHAPES[kind]] : SHAPES[kind];
  const given = givenExecutions(intent.goal);
  const isGiven = given.length > 0 && given.length < STEP_LIMITS.max;
  const own = isGiven ? running(given) : usual;
  const drafts = offer === undefined ? own : broughtBy(offer);
  return {
    steps: drafts.map((step, index) => ({
      ...step,
      step: index + 1,
      acceptanceCriteria: [...step.acceptanceCriteria],
      dependsOn: index === 0 ? [] : [index],
    })),
    rationale: rationaleOf(kind, isGiven, offer),
    confidence: 0.7,
    complexityScore: COMPLEXITY_SCORES[intent.complexity],
    source: 'rules',
  };
};

const rationaleOf = (kind: GoalKind, isGiven: boolean, offer: ArmOffer | undefined): string => {
  if (offer !== undefined) return `Made by rules: the goal asks for what the arm "${offer.id}" offers.`;
  if (isGiven) return 'Made by rules: the goal itself says what to run.';
  return `Made by rules for a goal of the kind "${kind}", because no usable plan came from the model.`;
};
