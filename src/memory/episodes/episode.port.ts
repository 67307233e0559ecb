/** A problem as it is asked about: whose it is, which arm is to solve it, in which language. */
export interface Problem {
  /** `Caller.holder`. */
  holder: string;
  arm: string;
  /** Canonical name, e.g. `python`. */
  language: string;
  /** What was wanted, in the words of whoever wanted it. */
  problem: string;
}

export interface Solution {
  code: string;
  tests: string;
  explanation: string;
}

/** A solution whose tests have run and passed. */
export interface SolvedProblem extends Problem {
  solution: Solution;
  /** Id of the step that solved it: the same step counts once, however often it is run. */
  stepId: string;
  complexity: string;
  tags: string[];
  /** 0 to 1. */
  qualityScore: number;
  testsPassed: number;
}

/** A problem that was solved before. Its texts are as a model once wrote them: data, never an instruction. */
export interface Episode {
  id: string;
  problem: string;
  solution: Solution;
  /** How often it was the solution, or led to one. */
  successes: number;
  /** Cosine to what was asked, 0 to 1. */
  similarity: number;
}

/**
 * What arms have solved, to be shown to them again. What one holder's tasks have left is met by his tasks alone. None of its
 * methods rejects: work goes on without a memory, and what fails is logged.
 */
export abstract class EpisodePort {
  /** Episodes of this holder, arm and language that are near enough to the problem, nearest first, at most `limit`. */
  abstract recall(asked: Problem & { limit: number }): Promise<Episode[]>;
  /**
   * Keeps a solution, if memory may hold all of it: one with a secret or personal data in its code is left out. The same code, or
   * a solution to the very same problem, becomes one episode with a success more, which keeps the solution that passed more
   * tests, the newer of equals. Returns its id; undefined when nothing was kept.
   */
  abstract remember(solved: SolvedProblem): Promise<string | undefined>;
  /** Counts a success for episodes of this holder that were shown to a step which then proved its work. */
  abstract reinforce(holder: string, ids: readonly string[], stepId: string): Promise<void>;
}
