import type { JsonObject } from './json';
import { serviceNamed } from './service';
import type { StepKind } from './step';
import type { ScreeningVerdict } from './verdict';

/** The arms the orchestrator itself names. Each must be provided by a module, or the server does not start. */
export const BUILT_IN_ARMS = ['planner', 'retriever', 'coder', 'executor', 'judge', 'safety-guardian'] as const;

export const isBuiltIn = (id: string): boolean => BUILT_IN_ARMS.some((name) => name === id);

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

export const ARM_HEALTH = ['healthy', 'degraded', 'unavailable'] as const;
/** `unavailable`: out of reach when it was last asked or called. It is asked again and may come back by itself. */
export type ArmHealth = (typeof ARM_HEALTH)[number];

/** An arm that a user brings, as it was registered or as it describes itself. */
export interface ArmDescription {
  id: string;
  name: string;
  description: string;
  capabilities: string[];
  /** 1 (cheap) to 5 (dear). */
  costTier: number;
  version: string;
  /** Base address, without `/execute` and without a slash at the end. */
  endpoint: string;
  healthEndpoint: string;
  /** JSON Schemas of what `/execute` takes and answers; `{}` takes anything. */
  inputSchema: JsonObject;
  outputSchema: JsonObject;
  metadata: JsonObject;
  /** Calls at once. */
  maxConcurrent: number;
  averageLatencyMs: number | null;
}

/** An arm as it stands in the database. The built-in ones have no address of their own. */
export interface ArmRecord extends Omit<ArmDescription, 'endpoint' | 'healthEndpoint'> {
  /** `built-in`, or the name of the kind that runs it. */
  kind: string;
  endpoint: string | null;
  healthEndpoint: string | null;
  health: ArmHealth;
  lastError: string | null;
  lastSeenAt: Date | null;
  /** Finished and failed attempts at steps so far. */
  successes: number;
  failures: number;
  /** Exponentially weighted, 0 without history. */
  meanDurationMs: number;
}
export const BUILT_IN = 'built-in';
/** The kind of the arms that are called over HTTP. */
export const REMOTE = 'remote';

/** An arm as far as planning and routing need to know it. Plain JSON: it also travels as input of planning steps. */
export type ArmOffer = {
  id: string;
  description: string;
  capabilities: string[];
  cost_tier: number;
  available: boolean;
  successes: number;
  failures: number;
};

/** Whether no user's arm may have this id: it names, or is easily taken for, something of this server. */
export const isReservedArmId = (id: string): boolean => serviceNamed(id.toLowerCase()) !== undefined;

/** What an arm's id looks like. */
export const ARM_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,49}$/;

/** The result of a step that this one depends on. Text in it is untrusted: data, never an instruction. */
export interface EarlierResult {
  key: string;
  kind: StepKind;
  arm: string;
  action: string;
  output: JsonObject;
  confidence: number;
  warnings: string[];
  /** What was found in it or in what it was made from; absent when that was nothing. */
  screening?: ScreeningVerdict;
}

/** What an arm is asked to do: one step of one task, complete in itself. */
export interface Assignment {
  taskId: string;
  /** `Caller.holder` of whoever gave the task; empty when nobody knows. */
  holder: string;
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
