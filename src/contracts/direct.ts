import type { Artifact } from './artifact';
import type { ExecutorCapability, HttpCapability } from './executor-capability';
import type { JsonObject, JsonValue } from './json';
import type { Proof, TestRun } from './outcome';

/**
 * What the built-in arms take and hand back when they are called by themselves: the input and output of a step of kind `direct`.
 * The texts that steer a model (goal, instruction, constraints, criteria, context) come with the assignment's task, screened;
 * what is only worked on comes here. The planner needs nothing here and hands back a `Plan`; the judge hands back a `Verdict`.
 *
 * All are plain JSON, and so types and not interfaces: only a type is taken for a `JsonObject`.
 */

export const SEARCH_METHODS = ['vector', 'keyword', 'hybrid'] as const;
export type SearchMethod = (typeof SEARCH_METHODS)[number];

/** A demand on a document's metadata. A search may make several; a document has to meet them all. */
export type DocumentFilter =
  | {
      kind: 'anyOf';
      /** Top-level field of the metadata, or `source`. A list there fits when one of its entries does. */
      field: string;
      /** Text is compared without regard to case. */
      values: (string | number | boolean)[];
    }
  | {
      kind: 'during';
      /** Fields of the metadata that may tell when; the first that holds a date or time counts. Without a zone it is UTC. */
      fields: string[];
      /** What counts when none of them does: when the document was first or last stored here. */
      otherwise?: 'created' | 'updated';
      /** ISO 8601 in UTC; this moment included. */
      from?: string;
      /** This moment not included. */
      until?: string;
    };

/** Retriever. */
export type SearchRequest = {
  query: string;
  method: SearchMethod;
  /** 1 to 100. */
  limit: number;
  /** Hits below this (0 to 1) are left out. */
  minScore: number;
  filters: DocumentFilter[];
  collection?: string;
  /** Whether an answer is to be written from the best hits. */
  synthesise: boolean;
};
export type SearchHit = {
  documentId: string;
  source: string;
  content: string;
  /** 0 to 1, comparable between searches. */
  score: number;
  metadata: JsonObject;
};
export type SearchReply = {
  hits: SearchHit[];
  /** `keyword` instead of what was asked for while vectors cannot be compared. */
  methodUsed: SearchMethod;
  /** Hits before `limit` was applied, as far as they were looked at. */
  totalMatches: number;
  searchMs: number;
  synthesisMs: number;
  synthesis?: string;
  /** Sources the synthesis rests on, or those of the hits without one. */
  citations: string[];
  /** Where it was searched: `postgresql`, or `qdrant` when vectors were compared there. */
  database: string;
  /** Name of the embedding model, when vectors were compared. */
  vectorModel?: string;
};

export const CODE_OPERATIONS = ['generate', 'debug', 'refactor', 'analyze', 'test', 'explain', 'optimize'] as const;
export type CodeOperation = (typeof CODE_OPERATIONS)[number];

/** Coder. The instruction is the task's goal; a guide to style is one of its constraints. */
export type CodeRequest = {
  operation: CodeOperation;
  /** Found out when absent. */
  language?: string;
  /** What every operation but `generate` works on. */
  existingCode?: string;
  includeTests: boolean;
  includeDocstrings: boolean;
};
export type CodeReply = {
  /** False when nothing usable could be made; `explanation` then says why and what would help. */
  success: boolean;
  code: string;
  tests: string;
  explanation: string;
  language: string;
  /** Solved problems that were offered to the model. */
  memoryHits: number;
  testRun?: TestRun;
  proof?: Proof;
};

export const VALIDATION_LAYERS = ['schema', 'facts', 'criteria', 'quality', 'hallucination', 'syntax'] as const;
export type ValidationLayer = (typeof VALIDATION_LAYERS)[number];

/** Judge. Criteria and context come with the task. */
export type ValidationRequest = {
  /** Null where `proposals` are to be compared; the best of them is then judged. */
  output: JsonValue;
  /** 2 to 8 answers to the task's goal. */
  proposals?: JsonValue[];
  layers: ValidationLayer[];
  expectedSchema?: JsonValue;
  /** Addresses under which documents are stored here, or the texts themselves. Nothing is fetched. */
  trustedSources: string[];
  /** Set when `output` is code. */
  language?: string;
};

export const CHECKS = ['pii', 'secrets', 'injection', 'malicious', 'inappropriate', 'policy'] as const;
export type Check = (typeof CHECKS)[number];
export type Risk = 'none' | 'low' | 'medium' | 'high' | 'critical';

/** Safety guardian. */
export type CheckRequest = {
  text: string;
  checks: Check[];
};
export type CheckIssue = {
  type: 'pii' | 'secret' | 'malicious_content' | 'inappropriate_content' | 'prompt_injection' | 'policy_violation';
  /** Pattern or kind, lower case, e.g. `credit_card`, `sql_injection`. */
  pattern: string;
  risk: Exclude<Risk, 'none'>;
  message: string;
  /** UTF-16 code units in the original text. */
  start: number;
  end: number;
  /** 0 to 1. */
  confidence: number;
  /** The placeholder that stands for it in `sanitized`; absent for what is not redacted. */
  redaction?: string;
};
export type CheckReply = {
  issues: CheckIssue[];
  risk: Risk;
  /** The text with every redaction made, whether the caller wants it or not. */
  sanitized: string;
  durationMs: number;
};

export const ACTION_TYPES = ['shell', 'python', 'javascript', 'typescript', 'http', 'tool'] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

/**
 * What a command may do to the world. `safe`: it only looks. `writes`: it makes or changes files. `destructive`: it may remove
 * or overwrite what cannot be had back. `network`: it talks to other machines. `unknown`: nobody can tell from its words.
 */
export const COMMAND_RISKS = ['safe', 'writes', 'network', 'unknown', 'destructive'] as const;
export type CommandRisk = (typeof COMMAND_RISKS)[number];

/** Executor. Never interpreted by a shell: `command` is one word, or a whole line when `args` is empty. */
export type ExecutionRequest = {
  actionType: ActionType;
  command: string;
  args: string[];
  /** Source of the program, for `python` and `javascript`. */
  code?: string;
  env: Record<string, string>;
  /** Relative to the workspace, or within `/tmp`. */
  cwd?: string;
  /** 1 to 300. */
  timeoutSeconds: number;
  /** Whether requests over HTTP may be made; a program in the sandbox never has a network. */
  allowNetwork: boolean;
  /** What the caller may do. */
  capabilities: ExecutorCapability[];
  /** What the caller may do besides, once a person has agreed to it. */
  withApproval?: ExecutorCapability[];
  /** Hosts, as in EXECUTOR_HOSTS, that the grant narrows a capability to; what is not here is narrowed by the server alone. */
  hosts?: Partial<Record<HttpCapability, string[]>>;
  /** Id of the capability token that was shown, for the record. */
  tokenId?: string;
  /** `quickjs`: a short JavaScript program in an interpreter of our own, without files, modules or a clock. */
  engine?: 'process' | 'quickjs';
  /** JSON for a tool or a QuickJS program. */
  input?: JsonValue;
  /** Files put into the workspace before; text by relative path. */
  files?: Record<string, string>;
  /** UUID of the task in whose workspace it runs; its own when absent. */
  workspace?: string;
  /** Whether the run may wait for a person when one must agree; otherwise it is refused. */
  mayWait?: boolean;
};
export type ExecutionReply = {
  actionType: ActionType;
  /** `timeout`: the wall clock ended it; what it had printed by then is there. */
  status: 'completed' | 'failed' | 'timeout';
  exitCode: number;
  stdout: string;
  stderr: string;
  durationMs: number;
  /** `bubblewrap`, `util-linux`, or `none` for what needs no sandbox. */
  engine: string;
  /** Whether a request left this machine. */
  network: boolean;
  memoryLimitMb: number;
  /** Whether output beyond the limit was cut. */
  truncated: boolean;
  /** The limit that ended it, if one did. */
  limit?: string;
  /** Processor time of the program and its children; unknown when it was ended by force. */
  cpuTimeMs?: number;
  /** SHA-256 of command and arguments joined by single spaces, hex. */
  commandHash: string;
  capabilitiesUsed: ExecutorCapability[];
  /** Of the capability token that was shown. */
  tokenId?: string;
  /** Status of the last answer, for what was asked over HTTP. */
  httpStatus?: number;
  /** Most memory that its processes held together, bytes, as far as it was seen. */
  maxMemoryBytes?: number;
  risk: CommandRisk;
  /** Why that risk, one sentence each; empty where there is nothing to say. */
  riskReasons: string[];
  /** SHA-256 over stdout, a NUL and stderr, hex. */
  outputHash: string;
  /** What a QuickJS program or a tool handed back. */
  value?: JsonValue;
  /** Files in the workspace that the run made or changed. */
  artifacts: Artifact[];
  /** Files that it left and that were not kept, with the reason. */
  leftOut?: { path: string; reason: string }[];
};
