/** What the user wants, as understood before planning. */
export type Intent = {
  goal: string;
  /** Capability names of the arms' vocabulary, e.g. `code_generation`. */
  requiredCapabilities: string[];
  constraints: string[];
  complexity: 'simple' | 'medium' | 'complex';
  /** Programming language the goal asks for, in lower case, when there is one. */
  language?: string;
  /** 0 to 1. */
  confidence: number;
};
