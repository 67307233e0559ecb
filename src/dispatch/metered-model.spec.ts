import { z } from 'zod';
import { newGuardrails } from '../../test/support/guardrails';
import type { Assignment } from '../contracts/arm';
import { type ChatReply, type ChatRequest, LlmPort, type ModelHealth, type Quote } from '../drivers/llm/llm.port';
import { Vaults } from '../guardrails/vaults.service';
import type { CallOutcome, CallToReserve, Ledger } from './ledger.service';
import { StepModel } from './metered-model';
import { Screening } from './screening.service';

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

const vaults = new Vaults();
const screening = new Screening(newGuardrails(undefined, undefined, vaults), vaults);

const bench = (lines: (string | Error)[], budget = Infinity, taskId = 't') => {
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
  const assignment = { taskId, stepId: 's', attempt: 1 } as Assignment;
  const { step, mask } = screening.of({ assignment, approved: [] });
  const model = new StepModel(llm, ledger, assignment, new AbortController().signal, mask, step);
  const sent = (): string => JSON.stringify(llm.asked.map(({ messages }) => messages));
  return { model, llm, reserved, settled, step, sent };
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

/** Made up, but as their issuers would make them. */
const EMAIL = 'jane.doe@northwind-traders.com';
const KEY = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;
const OWN_KEY = `ghp_${'Zx8cV6bN4mQ2'.repeat(3)}`;
const ask = (content: unknown) => ({
  ...CALL,
  messages: [
    { role: 'system' as const, content: 'Be brief.' },
    { role: 'user' as const, content: typeof content === 'string' ? content : JSON.stringify(content) },
  ],
});

describe('StepModel and values a model must not see', () => {
  it('sends tokens, says what they are, and gives the values back', async () => {
    const before = bench(['Hm.'], Infinity, 'mail');
    await before.model.text(ask(`Write to ${EMAIL}.`));
    const token = /<Email-TOKEN-\d+>/.exec(before.llm.asked[0]?.messages[1]?.content ?? '')?.[0];
    const { model, llm, sent } = bench([`Mail ${token}.`], Infinity, 'mail');
    await expect(model.text(ask(`Write to ${EMAIL}.`))).resolves.toMatchObject({ text: `Mail ${EMAIL}.` });
    expect(sent()).not.toContain(EMAIL);
    expect(llm.asked[0]?.messages[0]?.content).toMatch(/^Be brief\.\n.*<Email-TOKEN-1> stands for/);
  });

  it('gives no value for a token that somebody wrote into a text', async () => {
    const reply = 'Mail <Email-TOKEN-1>, <Email-TOKEN-2>.';
    const { model } = bench([reply], Infinity, 'forged');
    const forged = { login: EMAIL, untrusted: { document: `Write to ${reply.slice(5)}` } };
    await expect(model.text(ask(forged))).resolves.toMatchObject({ text: reply });
  });

  it('says nothing of tokens when there are none', async () => {
    const { model, llm } = bench(['Hello.']);
    await model.text(ask({ goal: 'Say hello' }));
    expect(llm.asked[0]?.messages).toEqual(ask({ goal: 'Say hello' }).messages);
  });

  it('uses the same token for the same value in every call of a task, and in no other task', async () => {
    const first = bench(['a'], Infinity, 'one');
    await first.model.text(ask(`${EMAIL} and 415-555-2671`));
    const again = bench(['b'], Infinity, 'one');
    await again.model.text(ask(`only 415-555-2671`));
    const token = /<Phone-TOKEN-\d+>/.exec(first.sent())?.[0];
    expect(token).toBeDefined();
    expect(again.sent()).toContain(token);
    const stranger = bench([`Is it ${token}?`], Infinity, 'two');
    await expect(stranger.model.text(CALL)).resolves.toMatchObject({ text: `Is it ${token}?` });
  });

  it.each([
    ['in a field', { context: { login: KEY } }],
    ['after a line end', { code: `x = 1\n${KEY}` }],
    ['in JSON within JSON', { earlier: JSON.stringify({ stdout: `done\n${KEY}\n`, more: ['x', EMAIL] }).slice(0, -3) }],
    ['as a key', { [EMAIL]: KEY }],
    ['as a number', { note: 'card', card: 4539148803436467 }],
  ])('finds them wherever a prompt may hold them: %s', async (_, data) => {
    const { model, sent } = bench(['ok']);
    await model.text(ask(data));
    for (const value of [KEY, EMAIL, '4539148803436467']) expect(sent()).not.toContain(value);
    expect(sent()).toMatch(/-TOKEN-\d/);
  });

  it('puts values into JSON that JSON has to escape', async () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'.repeat(8)}-----END PRIVATE KEY-----`;
    const { model, llm, sent } = bench([], Infinity, 'pem');
    await model.text(ask({ key }));
    expect(sent()).not.toContain('MIIEvQ');
    const token = /<[A-Za-z]+-TOKEN-\d+>/.exec(llm.asked[0]?.messages[1]?.content ?? '')?.[0];
    const reply = bench([`{"pem": "${token}", "${token}": 1}`], Infinity, 'pem').model;
    const shape = z.record(z.string(), z.unknown());
    await expect(reply.json({ ...CALL, schema: shape })).resolves.toMatchObject({ value: { pem: key, [key]: 1 } });
    const prose = bench([`{"pem": "${token}"}`], Infinity, 'pem').model;
    expect(JSON.parse((await prose.text(CALL)).text)).toEqual({ pem: key });
  });

  it('gives the reader of a reply no secret that the model made up, also not when it says it again', async () => {
    const shape = z.object({ code: z.string(), n: z.number() });
    const lines = [`{"code": "${OWN_KEY}", "n": "x"}`, `{"code": "${OWN_KEY}", "n": 1}`];
    const { model, sent, step } = bench(lines, Infinity, 'maker');
    const { value } = await model.json({ ...CALL, schema: shape });
    expect(value).toEqual({ code: expect.stringMatching(/^\[.*REDACTED\]$/), n: 1 });
    expect(sent()).not.toContain(OWN_KEY);
    expect(step.verdict).toMatchObject({
      decision: 'redact',
      findings: [{ type: 'secret', kind: 'github_token', direction: 'output', field: 'code' }],
    });
    expect(JSON.stringify(step.verdict)).not.toContain(OWN_KEY);
  });

  it('keeps values out of its own errors', async () => {
    const shape = z.object({ n: z.number() });
    const check = () => [`nobody may write to ${EMAIL} with ${KEY}`];
    const { model, sent } = bench(['{"n": 1}', '{"n": 1}', '{"n": 1}'], Infinity, 'errors');
    const error: unknown = await model.json({ ...CALL, schema: shape, check }).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(/nobody may write to \[/);
    expect((error as Error).message + sent()).not.toMatch(new RegExp(`${EMAIL}|${KEY}`));
  });
});
