import { UserError } from '../../../common/errors';
import { SAMPLES, findSample, sampleLanguage } from './samples';

/** What the demonstration model reads of a user message. */
export interface Question {
  goal: string;
  language?: string;
}

/** Words of goals that want a program. Anything else may still be answered from stored documents, without a model. */
const WANTS_CODE =
  /\b(?:functions?|class(?:es)?|scripts?|programs?|code|implement\w*|algorithms?|refactor\w*|debug\w*|regex|endpoints?|(?:web ?|rest )?api|unit tests?|python|javascript|typescript|golang|rust|java)\b/i;
const QUESTION =
  /^\W*(?:what|who|when|where|why|which|how (?:do|does|is|are)|explain|describe|summari[sz]e|compare)\b/i;

const wantsCode = ({ goal }: Question): boolean => WANTS_CODE.test(goal) && !QUESTION.test(goal);

/** The one honest end of everything the demonstration model cannot do. */
export const demonstrationLimit = (): UserError =>
  new UserError(
    'demonstration_limit',
    'This goal needs a real language model. The built-in demonstration model only writes these, in Python or JavaScript: ' +
      `${SAMPLES.map(({ name }) => name).join(', ')}. Set OPENAI_API_KEY, or OPENAI_BASE_URL for any OpenAI-compatible ` +
      'server, or ANTHROPIC_API_KEY, or run Ollama; then restart the server and submit the goal again.',
  );

/** Reply for each purpose, as the object whose JSON is the text. Throws `demonstration_limit` for what it cannot do. */
export const answer = (purpose: string, question: Question): object => {
  switch (purpose) {
    case 'intent':
      return intent(question);
    case 'plan':
      return wantsProgram(question) ? CODE_PLAN : PROSE_PLAN;
    case 'code':
      return program(question);
    default:
      throw demonstrationLimit();
  }
};

/** Refuses a program it does not know at once, before anything is planned. */
const wantsProgram = (question: Question): boolean => {
  if (findSample(question.goal)) return true;
  if (wantsCode(question)) throw demonstrationLimit();
  return false;
};

const intent = (question: Question): object => {
  if (!wantsProgram(question)) {
    const requiredCapabilities = ['keyword_search', 'result_synthesis'];
    return { requiredCapabilities, constraints: [], complexity: 'simple', language: null, confidence: 0.5 };
  }
  const { language } = program(question);
  const requiredCapabilities = ['code_generation', 'test_generation', 'python_execution'];
  return { requiredCapabilities, constraints: [], complexity: 'simple', language, confidence: 0.9 };
};

const program = ({ goal, language }: Question) => {
  const sample = findSample(goal);
  const spoken = sampleLanguage(goal, language);
  if (!sample || !spoken) throw demonstrationLimit();
  return { ...sample.solutions[spoken], explanation: sample.explanation, language: spoken };
};

const chain = (steps: readonly [arm: string, seconds: number, action: string, acceptanceCriteria: string[]][]) =>
  steps.map(([requiredArm, estimatedDurationSeconds, action, acceptanceCriteria], index) => ({
    step: index + 1,
    action,
    requiredArm,
    acceptanceCriteria,
    dependsOn: index === 0 ? [] : [index],
    estimatedDurationSeconds,
  }));

const VERIFY: [string, number, string, string[]] = [
  'judge',
  3,
  'Verify the outcome against the goal and the acceptance criteria',
  ['Every explicit acceptance criterion is met', 'Every constraint is honoured'],
];

const CODE_PLAN = {
  steps: chain([
    [
      'coder',
      2,
      'Write the function with its documentation and tests',
      ['The function does what the goal asks', 'The tests cover usual and unusual input'],
    ],
    ['executor', 3, 'Run the tests in the sandbox', ['Every test was run', 'Every test passes']],
    VERIFY,
  ]),
  rationale: 'One function needs writing, its tests prove it, and the judge checks it against what was asked.',
  confidence: 0.9,
  complexityScore: 0.2,
};

const PROSE_PLAN = {
  steps: chain([
    [
      'retriever',
      2,
      'Find the passages in the stored documents that answer the goal',
      ['The passages bear on the goal', 'The passages name their sources'],
    ],
    [
      'safety-guardian',
      1,
      'Screen the passages for personal data and secrets',
      ['No secret is disclosed', 'No personal data is disclosed'],
    ],
    VERIFY,
  ]),
  rationale: 'Without a real model only the stored documents can answer, so they are searched, screened and judged.',
  confidence: 0.7,
  complexityScore: 0.2,
};
