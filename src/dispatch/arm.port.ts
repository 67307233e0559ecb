import type { ZodType } from 'zod';
import type { ArmResult, Assignment } from '../contracts/arm';
import type { JsonObject, JsonValue } from '../contracts/json';
import type { ChatMessage, ModelTier } from '../drivers/llm/llm.port';

export interface ModelCall {
  tier: ModelTier;
  /** See `ChatRequest.purpose`. */
  purpose: string;
  messages: ChatMessage[];
  maxTokens: number;
  temperature?: number;
}

export interface ModelText {
  text: string;
  model: string;
}

export interface ModelJson<T> {
  value: T;
  model: string;
}

/**
 * The model as an arm sees it: every call is metered, and refused before it is made if it would pass the task's budget
 * (`UserError` `budget_exceeded`).
 */
export abstract class MeteredModel {
  abstract readonly isDemonstration: boolean;
  /** Tokens of the calls made so far, prompts included. */
  abstract readonly tokensUsed: number;
  abstract text(call: ModelCall): Promise<ModelText>;
  /**
   * Asks for JSON of the given shape. An unusable reply is asked for again with what was wrong, at most `attempts` (3)
   * times in all, then `TransientError` `model_reply_unusable`.
   * `check` may refuse a reply that has the right shape: it returns what is wrong, or nothing.
   */
  abstract json<T>(
    call: ModelCall & { schema: ZodType<T>; attempts?: number; check?: (value: T) => string[] | Promise<string[]> },
  ): Promise<ModelJson<T>>;
}

/** Something done that is worth a line in the action log, besides the one that every attempt leaves. No secrets, nor anything a person typed. */
export interface LoggedAction {
  /** e.g. `execute`. */
  type: string;
  details: JsonObject;
  result: JsonObject;
}

/** What an arm may use while it works on one assignment. */
export interface Workbench {
  model: MeteredModel;
  /** Aborted on cancel, on the step's deadline and when the server drains. Pass it on to whatever waits. */
  signal: AbortSignal;
  deadline: Date;
  /** Tells the user what is going on; shown live. One short sentence, no secrets. */
  report(message: string): void;
  /**
   * Call it before doing what a person must agree to first. Returns once one has agreed to this very reason; until then it throws
   * what has the step wait, and the step is run again from its beginning. Let that through. `reason` is shown to whoever decides;
   * no secrets.
   */
  requireApproval(reason: string): void;
  /** Writes what was done into the action log; task, step, arm and holder are added. Rejects when that cannot be done. */
  record(action: LoggedAction): Promise<void>;
  /**
   * Text the arm fetched itself (documents, pages, answers of other services), with what the policy wants out taken out; call
   * it before such text goes into a prompt or an output. Throws what ends or holds the step when the policy says so.
   */
  untrusted<T extends JsonValue>(value: T): T;
}

/**
 * Something that can do work. Implementations carry the `@Arm` decorator and are found at boot.
 *
 * `run` may be called again with the same assignment after a crash, so it must not have effects outside its result. Throw
 * `UserError`, `TransientError` or `BugError`; anything else counts as a bug.
 */
export abstract class ArmPort {
  abstract run(assignment: Assignment, workbench: Workbench): Promise<ArmResult>;
}
