import { z } from 'zod';
import type { Assignment } from '../contracts/arm';
import { type ChatReply, type ChatRequest, LlmPort, type ModelHealth, type Quote } from '../drivers/llm/llm.port';
import type { CallOutcome, CallToReserve, Ledger } from './ledger.service';
import { StepModel } from './metered-model';

/** A model that says what it is told to, and a ledger that remembers. Both stand for neighbours tested elsewhere. */
class Parrot extends LlmPort {
  readonly provider = 'parrot';
  readonly isDemonstration = false;
  readonly asked: ChatRequest[] = [];
  constructor(private readonly lines: (string | Error)[]) {
    super();
  }
  quote(): Quote {
    return { model: 'parrot-1', maxTokens: 100, maxCostUsd: 0.01 };
  }
  chat(request: ChatRequest): Promise<ChatReply> {
    this.asked.push(request);
    const line = this.lines.shift() ?? '';
    if (line instanceof Error) return Promise.reject(line);
    return Promise.resolve({
      text: line,
      model: 'parrot-1',
      promptTokens: 5,
      completionTokens: 7,
      costUsd: 0.001,
      latencyMs: 1,
    });
  }
  async *stream(): AsyncGenerator<string, ChatReply> {
    return this.chat({ tier: 'fast', purpose: 'x', messages: [], maxTokens: 1 });
  }
  embed(): Promise<Float32Array[]> {
    return Promise.resolve([]);
  }
  check(): Promise<ModelHealth> {
    return Promise.resolve({ ok: true, message: '' });
  }
}

const bench = (lines: (string | Error)[], budget = Infinity) => {
  const llm = new Parrot(lines);
  const reserved: CallToReserve[] = [];
  const settled: CallOutcome[] = [];
  const ledger = {
    reserve: (call: CallToReserve) => {
      if (reserved.length >= budget) return Promise.resolve(undefined);
      reserved.push(call);
      return Promise.resolve(`call-${reserved.length}`);
    },
    settle: (_: string, outcome: CallOutcome) => {
      settled.push(outcome);
      return Promise.resolve();
    },
    left: () => Promise.resolve({ tokens: 42, costUsd: 1 }),
  } as unknown as Ledger;
  const assignment = { taskId: 't', stepId: 's', attempt: 1 } as Assignment;
  return { model: new StepModel(llm, ledger, assignment, new AbortController().signal), llm, reserved, settled };
};
const CALL = {
  tier: 'fast' as const,
  purpose: 'code',
  messages: [{ role: 'user' as const, content: 'hi' }],
  maxTokens: 9,
};
const schema = z.object({ n: z.number() });

describe('StepModel', () => {
  it('reserves before the call and settles what it really took', async () => {
    const { model, reserved, settled } = bench(['hello']);
    await expect(model.text(CALL)).resolves.toEqual({ text: 'hello', model: 'parrot-1' });
    expect(reserved).toMatchObject([{ taskId: 't', stepId: 's', purpose: 'code', maxTokens: 100, maxCostUsd: 0.01 }]);
    expect(reserved[0]?.promptHash).toMatch(/^[0-9a-f]{64}$/);
    expect(settled).toMatchObject([{ promptTokens: 5, completionTokens: 7, costUsd: 0.001 }]);
  });

  it('refuses a call that would pass the budget before it is made', async () => {
    const { model, llm } = bench(['hello'], 0);
    await expect(model.text(CALL)).rejects.toMatchObject({
      code: 'budget_exceeded',
      message: expect.stringMatching(/max_tokens.*42/),
    });
    expect(llm.asked).toHaveLength(0);
  });

  it('gives the reservation back when the call fails', async () => {
    const { model, settled } = bench([new Error('boom')]);
    await expect(model.text(CALL)).rejects.toThrow('boom');
    expect(settled).toMatchObject([{ promptTokens: 0, completionTokens: 0, costUsd: 0, error: 'internal_error' }]);
  });

  it('reads JSON out of a fence, and sends its schema along', async () => {
    const { model, llm } = bench(['Sure!\n```json\n{"n": 1}\n```']);
    await expect(model.json({ ...CALL, schema })).resolves.toEqual({ value: { n: 1 }, model: 'parrot-1' });
    expect(llm.asked[0]?.jsonSchema).toMatchObject({ type: 'object', required: ['n'] });
  });

  it('asks again with what was wrong, each time from the first question on, and then gives up', async () => {
    const { model, llm } = bench(['nonsense', '{"n": "x"}', '{"n": 3}']);
    const check = ({ n }: { n: number }): string[] => (n === 3 ? ['n must not be 3'] : []);
    await expect(model.json({ ...CALL, schema, check })).rejects.toMatchObject({
      kind: 'transient',
      code: 'model_reply_unusable',
      message: expect.stringContaining('n must not be 3'),
    });
    expect(llm.asked.map(({ messages }) => messages.length)).toEqual([1, 3, 3]);
    expect(llm.asked[1]?.messages.at(-1)?.content).toContain('not JSON');
    expect(llm.asked[2]?.messages.at(-1)?.content).toContain('expected number');
  });
});
