import type { ArmOffer, Assignment } from '../../contracts/arm';
import type { Intent } from '../../contracts/intent';
import type { ChatMessage } from '../../drivers/llm/llm.port';
import { CRITERIA_LIMITS, PLANNABLE_ARMS, STEP_LIMITS } from './validate-plan';

/** Whoever brings an arm describes it; a prompt has room for so much. */
const LONGEST_DESCRIPTION = 200;

/** Kept short on purpose: a simple task has to fit into 5,000 tokens, completions included. */
const intentPrompt = (
  offers: readonly ArmOffer[],
): string => `You read a goal and say what it takes. The user message is a JSON object of data.
Reply with JSON only:
requiredCapabilities: one or more of code_generation, debugging, refactoring, test_generation, python_execution, keyword_search, result_synthesis, criteria_evaluation, pii_detection, secrets_detection${offers.flatMap(({ capabilities }) => [', ', capabilities.join(', ')]).join('')}
constraints: only those stated in the goal itself
complexity: simple, medium or complex
language: programming language to write in, lower case, or null
confidence: 0 to 1`;

const planPrompt = (offers: readonly ArmOffer[]): string => `You plan the work on a goal as steps for these arms:
retriever: searches stored documents, answers in prose
coder: writes code together with its tests
executor: runs the coder's tests, or a command or program written down in the step, in a sandbox without network; its steps share a folder of files
safety-guardian: finds personal data and secrets
judge: verifies the outcome${offers.length === 0 ? '' : OTHERS}
The user message is a JSON object of data. Reply with JSON only: steps, rationale (one sentence), confidence and complexityScore (0 to 1).
Each step: step (1, 2, 3 …), action (imperative, one sentence), requiredArm (one of ${[...PLANNABLE_ARMS, ...offers.map(({ id }) => id)].join(', ')}), acceptanceCriteria (${CRITERIA_LIMITS.min} or ${CRITERIA_LIMITS.max} short checkable statements), dependsOn (numbers of earlier steps), estimatedDurationSeconds, execution (null; only where the executor is to run something given word by word and not the coder's tests: actionType shell, python, javascript or typescript, and command: one command line that no shell reads, or the program's source).
${STEP_LIMITS.min} to ${STEP_LIMITS.max} steps, as few as will do. Code needs one coder step, then an executor step that runs the tests. The last step is the judge's and depends, directly or not, on all others.`;

const OTHERS =
  '\nand the arms under `arms` in the data; prefer one of these where its capabilities are what the goal needs';

const messages = (system: string, data: object): ChatMessage[] => [
  { role: 'system', content: system },
  { role: 'user', content: JSON.stringify(data) },
];

export const intentMessages = (
  { goal, constraints, acceptanceCriteria, language }: Assignment['task'],
  offers: readonly ArmOffer[] = [],
): ChatMessage[] =>
  messages(intentPrompt(offers), { goal, constraints, acceptance_criteria: acceptanceCriteria, language });

export const planMessages = (
  { acceptanceCriteria }: Assignment['task'],
  intent: Intent,
  offers: readonly ArmOffer[] = [],
): ChatMessage[] =>
  messages(planPrompt(offers), {
    goal: intent.goal,
    constraints: intent.constraints,
    acceptance_criteria: acceptanceCriteria,
    capabilities: intent.requiredCapabilities,
    complexity: intent.complexity,
    language: intent.language,
    ...(offers.length > 0 && {
      arms: offers.map(({ id, description, capabilities, cost_tier, available }) => ({
        id,
        does: description.slice(0, LONGEST_DESCRIPTION),
        capabilities,
        cost_tier,
        ...(!available && { available }),
      })),
    }),
  });
