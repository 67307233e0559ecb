import { TransientError } from '../../src/common/errors';
import type { Assignment, EarlierResult } from '../../src/contracts/arm';
import {
  MeteredModel,
  type ModelCall,
  type ModelJson,
  type ModelText,
  type Workbench,
} from '../../src/dispatch/arm.port';
import type { ZodType } from 'zod';

/** A reply as it would come over the wire (objects are sent as JSON), or the error the call ends with. */
export type Scripted = string | object | Error;

const TOKENS_PER_CALL = 10;

/**
 * A model that answers from a script, one list of replies per purpose, and remembers what it was asked. The last reply of a
 * list is repeated. Replies go through schema and check exactly as those of a real model.
 */
export class ScriptedModel extends MeteredModel {
  readonly calls: ModelCall[] = [];

  constructor(
    private readonly script: Record<string, Scripted[]> = {},
    readonly isDemonstration = false,
  ) {
    super();
  }

  text(call: ModelCall): Promise<ModelText> {
    return Promise.resolve().then(() => ({ text: this.next(call), model: this.name }));
  }

  async json<T>({
    schema,
    attempts = 3,
    check,
    ...call
  }: ModelCall & {
    schema: ZodType<T>;
    attempts?: number;
    check?: (value: T) => string[] | Promise<string[]>;
  }): Promise<ModelJson<T>> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const { text } = await this.text(call);
      const parsed = schema.safeParse(parse(text));
      if (parsed.success && ((await check?.(parsed.data)) ?? []).length === 0)
        return { value: parsed.data, model: this.name };
    }
    throw new TransientError('model_reply_unusable', `The model gave no usable reply for "${call.purpose}".`);
  }

  get tokensUsed(): number {
    return this.calls.length * TOKENS_PER_CALL;
  }

  /** The JSON object of the user message of call number `index`. */
  asked(index: number): Record<string, unknown> {
    const content = this.calls[index]?.messages.find(({ role }) => role === 'user')?.content;
    return JSON.parse(content ?? 'null') as Record<string, unknown>;
  }

  private get name(): string {
    return this.isDemonstration ? 'demonstration' : 'scripted';
  }

  private next(call: ModelCall): string {
    const before = this.calls.filter(({ purpose }) => purpose === call.purpose).length;
    this.calls.push(call);
    const replies = this.script[call.purpose] ?? [];
    const reply = replies[Math.min(before, replies.length - 1)];
    if (reply === undefined) throw new Error(`The script has no reply for "${call.purpose}".`);
    if (reply instanceof Error) throw reply;
    return typeof reply === 'string' ? reply : JSON.stringify(reply);
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A workbench around the model; `reports` collects what the arm told the user. */
export const workbench = (model: MeteredModel): Workbench & { reports: string[] } => {
  const reports: string[] = [];
  return {
    model,
    signal: new AbortController().signal,
    deadline: new Date(Date.now() + 60_000),
    report: (message) => void reports.push(message),
    requireApproval: () => undefined,
    record: () => Promise.resolve(),
    untrusted: (value) => value,
    reports,
  };
};

/** An assignment of a step, complete but for what the test cares about. */
export const assignment = ({
  task,
  ...rest
}: Partial<Omit<Assignment, 'task'>> & { task?: Partial<Assignment['task']> } = {}): Assignment => ({
  taskId: 't',
  holder: '',
  stepId: 's',
  key: 's1',
  kind: 'work',
  attempt: 1,
  action: 'Do what the goal asks',
  acceptanceCriteria: [],
  input: {},
  task: {
    goal: 'Write a Python function that adds two numbers',
    constraints: [],
    acceptanceCriteria: [],
    context: {},
    ...task,
  },
  earlier: [],
  ...rest,
});

/** A result of an earlier step. */
export const earlier = (arm: string, output: object, rest: Partial<EarlierResult> = {}): EarlierResult => ({
  key: 's1',
  kind: 'work',
  arm,
  action: 'Did something',
  output: output as EarlierResult['output'],
  confidence: 0.6,
  warnings: [],
  ...rest,
});
