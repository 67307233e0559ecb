import { type ZodType, toJSONSchema } from 'zod';
import { preferenceOf } from '../../src/arms/judge/compare/model-preference';
import { loadConfig } from '../../src/common/config/load-config';
import { TransientError } from '../../src/common/errors';
import { MeteredModel, type ModelCall, type ModelJson, type ModelText } from '../../src/dispatch/arm.port';
import type { LlmPort } from '../../src/drivers/llm/llm.port';
import { createLlm } from '../../src/drivers/llm/provider';
import { type EvalOptions, readJson, type Row } from './report';

export interface JudgeItem {
  input: string;
  output_1: string;
  output_2: string;
  /** The better answer, 1 or 2. */
  label: number;
}

/** The configured model as an arm sees it, without a ledger: nothing here belongs to a task. */
class BareModel extends MeteredModel {
  readonly isDemonstration = false;
  tokensUsed = 0;

  constructor(private readonly llm: LlmPort) {
    super();
  }

  async text(call: ModelCall & { jsonSchema?: Record<string, unknown> }): Promise<ModelText> {
    const { text, model, promptTokens, completionTokens } = await this.llm.chat(call);
    this.tokensUsed += promptTokens + completionTokens;
    return { text, model };
  }

  async json<T>({ schema, ...call }: ModelCall & { schema: ZodType<T> }): Promise<ModelJson<T>> {
    const jsonSchema = toJSONSchema(schema, { target: 'draft-7' }) as Record<string, unknown>;
    const { text, model } = await this.text({ ...call, jsonSchema });
    const object = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
    try {
      return { value: schema.parse(JSON.parse(object)), model };
    } catch {
      throw new TransientError('model_reply_unusable', `The model gave no usable reply for "${call.purpose}".`);
    }
  }
}

interface Score {
  /** Preferences that agree with the label, ties by half; an unusable reply is no agreement. */
  agreement: number;
  ties: number;
  unusable: number;
}

export const scoreJudge = async (items: readonly JudgeItem[], model: MeteredModel): Promise<Score> => {
  let [points, ties, unusable] = [0, 0, 0];
  for (const { input, output_1: first, output_2: second, label } of items) {
    const preference = await preferenceOf(input, [], first, second, model);
    if (preference === undefined) unusable += 1;
    else if (preference.better === 'tie') {
      ties += 1;
      points += 0.5;
    } else if ((preference.better === 'first') === (label === 1)) points += 1;
  }
  return { agreement: points / Math.max(1, items.length), ties, unusable };
};

/** Says something of a real model only; without one there is no row. */
export const judgeRows = async (data: string, { verbose }: EvalOptions): Promise<Row[]> => {
  const items = readJson(data, 'judge/LLMBar__Natural.json') as JudgeItem[] | undefined;
  if (!items) return [];
  const tell = (message: string): void => (verbose ? console.log(message) : undefined);
  const llm = await createLlm(loadConfig().settings, { log: tell, warn: (message) => console.warn(message) });
  if (llm.isDemonstration) {
    console.log(
      'judge: not measured, for it takes a real model. Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama.',
    );
    return [];
  }
  const begin = performance.now();
  const { agreement, ties, unusable } = await scoreJudge(items, new BareModel(llm));
  const mean = ((performance.now() - begin) * 1000) / Math.max(1, items.length);
  return [
    {
      set: `judge: LLMBar Natural by ${llm.provider} (${ties} ties, ${unusable} without a usable reply)`,
      items: items.length,
      agreement,
      timing: { p50: mean, mean },
    },
  ];
};
