/** What a goal is about, in the order in which the kinds are looked for. */
export type GoalKind = 'code' | 'search' | 'execution' | 'validation' | 'safety' | 'planning';

interface KindRule {
  kind: GoalKind;
  words: RegExp;
  /** Capabilities an arm needs for goals of this kind. */
  capabilities: readonly string[];
}

const RULES: readonly KindRule[] = [
  {
    kind: 'code',
    words:
      /\b(?:functions?|class(?:es)?|scripts?|programs?|code|implement\w*|algorithms?|unit tests?|refactor\w*|debug\w*|regex|decorators?|endpoints?)\b/i,
    capabilities: ['code_generation', 'test_generation'],
  },
  {
    kind: 'search',
    words:
      /\b(?:search\w*|find|look up|documents?|documentation|what|who|when|where|why|which|explain|describe|summari[sz]e|compare|tell me)\b/i,
    capabilities: ['keyword_search', 'result_synthesis'],
  },
  {
    kind: 'execution',
    words: /\b(?:run|execute|compute|calculate|convert|shell|command)\b/i,
    capabilities: ['code_generation', 'python_execution'],
  },
  {
    kind: 'validation',
    words: /\b(?:validate|verify|check|review|judge|assess)\b/i,
    capabilities: ['criteria_evaluation', 'keyword_search'],
  },
  {
    kind: 'safety',
    words: /\b(?:pii|secrets?|personal data|redact\w*|safety|sensitive)\b/i,
    capabilities: ['pii_detection', 'secrets_detection'],
  },
];

const PLANNING_CAPABILITIES = ['goal_analysis', 'keyword_search', 'result_synthesis'];

/** A question about code wants prose: "what is a class" must not end in a program. */
const QUESTION =
  /^\W*(?:what|who|when|where|why|which|how (?:do|does|is|are)|explain|describe|summari[sz]e|compare)\b/i;

/** Kind of a goal by its words alone; the first rule that applies wins. */
export const goalKind = (goal: string): GoalKind => {
  const asks = QUESTION.test(goal);
  return RULES.find(({ kind, words }) => words.test(goal) && !(asks && kind === 'code'))?.kind ?? 'planning';
};

/** Kind of a goal by the capabilities that were found to be needed, in the same order. */
export const kindOfCapabilities = (capabilities: readonly string[]): GoalKind | undefined => {
  if (capabilities.some((name) => /^(?:code_(?!execution)|debugging|refactoring|test_generation)/.test(name)))
    return 'code';
  if (capabilities.some((name) => /search|synthesis/.test(name))) return 'search';
  if (capabilities.some((name) => /execution|shell|http_requests|api_call/.test(name))) return 'execution';
  if (capabilities.some((name) => /validation|evaluation|check|assessment|hallucination/.test(name)))
    return 'validation';
  if (capabilities.some((name) => /detection|filtering|policy|safety/.test(name))) return 'safety';
  return undefined;
};

export const capabilitiesOf = (kind: GoalKind): string[] => [
  ...(RULES.find((rule) => rule.kind === kind)?.capabilities ?? PLANNING_CAPABILITIES),
];
