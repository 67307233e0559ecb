import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { LimitedLog } from '../../common/log/limited-log';
import { within } from '../../common/within';
import { LlmPort } from '../../drivers/llm/llm.port';
import { VectorPort } from '../../drivers/vector/vector.port';

/** Whoever looks an answer up wants to know at once; without one he goes on. */
const SEARCH_PATIENCE_MS = 1_000;
const LEARN_PATIENCE_MS = 30_000;
/** The nearest may have run out a moment ago. */
const CANDIDATES = 3;

interface Goal {
  goal: string;
  tenant: string;
  /** `similarityScope`: goals are compared within it alone. */
  scope: string;
}

/**
 * Goals that have an answer, by their meaning: vectors and keys, without a word of the goals. When the embedder or the vector
 * store fails, that is logged and nothing is found.
 */
@Injectable()
export class AnswerMeaning {
  private readonly log = new LimitedLog(new Logger('Answers'));

  constructor(
    private readonly llm: LlmPort,
    private readonly vectors: VectorPort,
    private readonly config: AppConfig,
  ) {}

  async learn(key: string, { goal, tenant, scope }: Goal): Promise<void> {
    await this.tried('A goal could not be compared with others', LEARN_PATIENCE_MS, async (signal) => {
      const { collection, vector } = await this.placed(goal, signal);
      await this.vectors.upsert(collection, [{ id: key, vector, payload: { tenant, scope } }]);
    });
  }

  /** Keys of the answers to the nearest goals at or above a cosine, nearest first. */
  async nearest({ goal, tenant, scope }: Goal, similarity: number): Promise<string[]> {
    let keys: string[] = [];
    await this.tried('Looking up the very goal only', SEARCH_PATIENCE_MS, async (signal) => {
      const { collection, vector } = await this.placed(goal, signal);
      const hits = await this.vectors.search(collection, vector, { limit: CANDIDATES, filter: { tenant, scope } });
      keys = hits.filter(({ score }) => score >= similarity).map(({ id }) => id);
    });
    return keys;
  }

  async forget(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.tried('Vectors of old answers stay for now', LEARN_PATIENCE_MS, async (signal) => {
      const { collection } = await this.placed('a', signal);
      await this.vectors.remove(collection, keys);
    });
  }

  /** Vectors of two embedders must never be compared: their collection names the embedder and its dimension. */
  private async placed(goal: string, signal: AbortSignal): Promise<{ collection: string; vector: Float32Array }> {
    const [vector = new Float32Array()] = await this.llm.embed([goal], signal);
    const model = this.config.values.LLM_EMBEDDING_MODEL ?? 'default';
    const name = `${this.llm.provider}-${model}`.replace(/[^A-Za-z0-9_.-]+/g, '_').slice(0, 150);
    return { collection: `answers-${name}-${vector.length}`, vector };
  }

  private async tried(trouble: string, ms: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const giveUp = new AbortController();
    try {
      const isDone = await within(
        ms,
        work(giveUp.signal).catch((error: unknown) => {
          if (!giveUp.signal.aborted) this.log.warn(trouble, error);
        }),
      );
      if (!isDone) this.log.warn(trouble, new Error(`no answer within ${ms} ms`));
    } finally {
      giveUp.abort();
    }
  }
}
