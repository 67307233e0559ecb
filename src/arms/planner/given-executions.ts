import type { PlannedExecution } from '../../contracts/plan';

type ActionType = PlannedExecution['actionType'];

/** A block with the word after its fence, or a span within a line. */
const CODE = /```([\w+-]*)[^\S\n]*\n([\s\S]*?)```|`([^`\n]+)`/g;
const RUNS = /\b(?:run|execute)\b/i;
/** The goal also wants something made or explained, or says what is not to be run: words alone cannot tell what is meant. */
const MORE_THAN_RUNNING =
  /\b(?:write|create|implement|build|generate|develop|fix|debug|refactor|optimi[sz]e|explain|describe|review|why|how|whether|should|not|never|without|avoid|instead|before)\b|n't\b/i;

const LANGUAGES: readonly [words: RegExp, actionType: ActionType][] = [
  [/\b(?:python3?|py)\b/i, 'python'],
  [/\b(?:typescript|ts)\b/i, 'typescript'],
  [/\b(?:javascript|js|node(?:\.?js)?)\b/i, 'javascript'],
  [/\b(?:sh|bash|zsh|shell|console|commands?)\b/i, 'shell'],
];
const typeNamed = (words: string): ActionType | undefined => LANGUAGES.find(([known]) => known.test(words))?.[1];

/** One command a line, without a prompt in front; comments are for people. No shell reads them. */
const commandsIn = (block: string): string[] =>
  block
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\$\s+)?/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const executionsOf = (text: string, words: string, fence: string | undefined): PlannedExecution[] => {
  // A fence says what a block is; a span is a command unless the words before it call it a program.
  const actionType = typeNamed(fence ?? '') ?? typeNamed(words) ?? 'shell';
  if (actionType !== 'shell') return [{ actionType, command: text.trim() }];
  return commandsIn(text).map((command) => ({ actionType, command }));
};

/**
 * What a goal wants run that it writes down itself, in backticks or code blocks, in its order. Empty for a goal that wants
 * anything else besides: then it takes a model, or a program has to be written.
 */
export const givenExecutions = (goal: string): PlannedExecution[] => {
  const words = goal.replace(CODE, ' ');
  if (!RUNS.test(words) || MORE_THAN_RUNNING.test(words)) return [];
  const executions: PlannedExecution[] = [];
  let last = 0;
  let mayRun = false;
  for (const { 0: whole, 1: fence, 2: block, 3: span, index } of goal.matchAll(CODE)) {
    const lead = goal.slice(last, index);
    last = index + whole.length;
    // "Run `a` and `b`": the verb holds until the sentence ends.
    const sentences = lead.split(/[.!?]\s/);
    mayRun = RUNS.test(sentences.at(-1) ?? '') || (mayRun && sentences.length === 1);
    if (mayRun) executions.push(...executionsOf(block ?? span ?? '', lead, fence));
  }
  return executions.filter(({ command }) => command !== '');
};
