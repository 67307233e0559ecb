import type { Artifact } from './artifact';
import type { Decision, Finding } from './verdict';

/** Shapes of what the built-in arms hand back as `ArmResult.output`. All are plain JSON, and so types and not interfaces. */

/** What running a program's own tests showed. Counts are of single test cases. */
export type TestRun = {
  /** False when nothing could be run; `reason` then says why and what to install. */
  ran: boolean;
  passed: number;
  failed: number;
  /** One line per failing test, or the interpreter's own error. Untrusted text. */
  failures: string[];
  durationMs: number;
  /** Name of the isolation used, e.g. `bubblewrap`. */
  engine: string;
  reason?: string;
};

/** What was really proven of a piece of code, and how. */
export type Proof = {
  /** `unchecked`: there is no parser for the language here, or it gave no answer. */
  syntax: 'valid' | 'invalid' | 'unchecked';
  /** The parser's complaint, or why nobody looked. */
  syntaxNote?: string;
  /** `not_run`: there were none, or nothing could run them; `testsNote` says which. */
  tests: 'passed' | 'failed' | 'not_run';
  testsNote?: string;
  testsPassed: number;
  testsFailed: number;
  /** Rounds of repair that it took, 0 when the first draft was handed on. */
  repairs: number;
};

/** A `Proof` under the names of the wire. */
export type WireProof = Pick<Proof, 'syntax' | 'tests' | 'repairs'> & {
  syntax_note?: string;
  tests_note?: string;
  tests_passed: number;
  tests_failed: number;
};

/** Coder: source code with its tests. */
export type CodeArtifact = {
  code: string;
  /** Lower case, e.g. `python`. */
  language: string;
  /** Test code in the same language; names of `code` are in scope. Empty when none was asked for. */
  tests: string;
  explanation: string;
  /** Absent where nobody has tried to prove anything. */
  proof?: Proof;
};

/** Executor: one finished program. */
export type Execution = {
  testRun: TestRun;
  stdout: string;
  stderr: string;
  /** Set when it was not tests that were run, but what a plan says word by word. */
  exitCode?: number;
  /** Files in the task's workspace that it made or changed. */
  artifacts?: Artifact[];
};

/** Retriever: passages found, and an answer made from them when a model made one. */
export type Findings = {
  passages: { documentId: string; source: string; content: string; score: number }[];
  answer?: string;
};

export type CriterionState = 'passed' | 'failed' | 'unknown';
export type CriterionResult = {
  criterion: string;
  state: CriterionState;
  /** Why, with the evidence. `unknown` is never counted as passed. */
  explanation: string;
};
export type Issue = {
  severity: 'error' | 'warning' | 'info';
  type: string;
  message: string;
  /** Where in the outcome: a JSON pointer, or `line 3, column 7`. */
  location?: string;
  suggestion?: string;
};

/** Two proposals held against each other. Proposals go by their index in the list handed over. */
export type ComparedPair = {
  first: number;
  second: number;
  /** Null for a tie. */
  winner: number | null;
  /** 0 to 1. */
  confidence: number;
  /** `evidence`: what was run or counted; `model`: its opinion, asked in both orders; `none`: nothing could tell. */
  by: 'evidence' | 'model' | 'none';
  explanation: string;
};
export type Comparison = {
  /** Null where the best are tied. */
  winner: number | null;
  /** Best first; those that are tied share a rank. `score` is the share of pairs won, ties by half. */
  ranking: { proposal: number; rank: number; score: number }[];
  /** Every pair once. */
  pairs: ComparedPair[];
  /** Copeland: each against each, counted by pairs won; between equals by how clearly. */
  method: 'copeland';
};

/** Judge: the verdict on an outcome. */
export type Verdict = {
  /** No error issue and no failed criterion. */
  valid: boolean;
  /** Mean of the layers that ran, 0 to 1; .5 if none ran. */
  confidence: number;
  qualityScore: number;
  criteria: CriterionResult[];
  issues: Issue[];
  /** Layers that really ran. */
  layers: string[];
  testRun?: TestRun;
  /** Where proposals were compared; the rest is then about the best of them. */
  comparison?: Comparison;
};

/** Guardian: what may not leave as it is. */
export type GuardReport = {
  safe: boolean;
  riskLevel: 'none' | 'low' | 'medium' | 'high' | 'critical';
  issues: { type: string; kind: string; riskLevel: string; message: string }[];
};

/** Which step, arm and model made which part of a result. */
export type LineageEntry = {
  step: string;
  arm: string;
  action: string;
  attempt: number;
  /** Models called by the step, in order, without repetition. */
  models: string[];
  /** SHA-256 of each prompt sent, in order. */
  prompt_hashes: string[];
  started_at: string;
  finished_at: string;
  /** What screening made of the step's inputs and output; absent when nothing was found. */
  screening?: {
    decision: Decision;
    findings: Pick<Finding, 'type' | 'kind' | 'severity' | 'field' | 'action'>[];
  };
};

/** What a task hands back, under the names of the wire. `output` is always a string; for a code goal it is the code itself. */
export type TaskResult = {
  output: string;
  confidence: number;
  validation_passed: boolean;
  code?: string;
  tests?: string;
  explanation?: string;
  language?: string;
  /** Name of the model that did the work; `demonstration` says that no real model was used. */
  model?: string;
  warnings: string[];
  citations: string[];
  criteria: CriterionResult[];
  findings: Issue[];
  /** What the coder proved of `code` before it handed it on. */
  proof?: WireProof;
  test_run?: Omit<TestRun, 'durationMs'> & { duration_ms: number };
  repair_rounds: number;
  steps_executed: number;
  lineage: LineageEntry[];
};
