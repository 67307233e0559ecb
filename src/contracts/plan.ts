/** Something for the executor to run, written down word by word. */
export type PlannedExecution = {
  actionType: 'shell' | 'python' | 'javascript' | 'typescript';
  /** A command line that no shell reads, or the source of a program. */
  command: string;
};

/** One node of a plan's DAG. */
export type PlanStep = {
  /** 1-based position; `dependsOn` refers to these. */
  step: number;
  /** What the arm is to do, in the imperative. */
  action: string;
  /** Id of the arm that does it. */
  requiredArm: string;
  /** 2 to 3 statements that can be checked. */
  acceptanceCriteria: string[];
  /** Numbers of earlier steps whose results this step needs. */
  dependsOn: number[];
  estimatedDurationSeconds: number;
  /** Set when the executor is to run this very thing, and not the tests of what the coder wrote. */
  execution?: PlannedExecution;
};

/** A validated plan: 3 to 7 steps, no cycle, known arms, and a last step in which the judge verifies the outcome. */
export type Plan = {
  steps: PlanStep[];
  rationale: string;
  /** 0 to 1. */
  confidence: number;
  /** 0 (trivial) to 1. */
  complexityScore: number;
  /** `rules` when no usable plan came from the model. */
  source: 'model' | 'rules';
};

/** Whole seconds of the longest chain. Dependencies refer to earlier steps only, so that one pass is enough. */
export const criticalPath = ({ steps }: Pick<Plan, 'steps'>): number => {
  const ends = new Map<number, number>();
  for (const { step, dependsOn, estimatedDurationSeconds } of steps) {
    const start = Math.max(0, ...dependsOn.map((earlier) => ends.get(earlier) ?? 0));
    ends.set(step, start + estimatedDurationSeconds);
  }
  return Math.round(Math.max(0, ...ends.values()));
};
