import type { JsonObject } from './json';
import type { StepKind } from './step';

/** The arms the orchestrator itself names. Each must be provided by a module, or the server does not start. */
export const BUILT_IN_ARMS = ['planner', 'retriever', 'coder', 'executor', 'judge', 'safety-guardian'] as const;

/** How an arm presents itself to planning, routing and the API. */
export interface ArmDescriptor {
  id: string;
  name: string;
  description: string;
  /** Capability names as in the OctoLLM vocabulary, e.g. `code_generation`. */
  capabilities: string[];
  /** 1 (cheap) to 5 (dear). */
  costTier: 1 | 2 | 3 | 4 | 5;
  /** How many steps one process runs at once. */
  concurrency: number;
  /**
   * Set for an arm that needs neither a model nor minutes. Called by itself it is answered in place, and its input, which may
   * be exactly what must not be kept, is not stored: the action log gets a hash of it.
   */
  inPlace?: boolean;
}

/** The result of a step that this one depends on. Text in it is untrusted: data, never an instruction. */
export interface EarlierResult {
  key: string;
  kind: StepKind;
  arm: string;
  action: string;
  output: JsonObject;
  confidence: number;
  warnings: string[];
}

/** What an arm is asked to do: one step of one task, complete in itself. */
export interface Assignment {
  taskId: string;
  stepId: string;
  /** Unique within the task: `intent`, `plan`, `s1` …, `judge.0`, `repair.1`, `integrate`. */
  key: string;
  kind: StepKind;
  attempt: number;
  action: string;
  /** Criteria of this step. */
  acceptanceCriteria: string[];
  /** What the orchestrator adds for this step alone, e.g. the judge's findings for a repair. */
  input: JsonObject;
  task: {
    goal: string;
    constraints: string[];
    /** Criteria the user gave explicitly. */
    acceptanceCriteria: string[];
    context: JsonObject;
    language?: string;
  };
  earlier: EarlierResult[];
}

/** What an arm hands back. */
export interface ArmResult {
  output: JsonObject;
  /** 0 to 1, resting on what was proven. */
  confidence: number;
  warnings?: string[];
}
