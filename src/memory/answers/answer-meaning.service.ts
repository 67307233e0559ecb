import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { LimitedLog } from '../../common/log/limited-log';
import { LlmPort } from '../../drivers/llm/llm.port';
import { VectorPort } from '../../drivers/vector/vector.port';
import { bestEffort } from '../best-effort';
import { PROBE, collectionOf } from '../embedder';

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
    await bestEffort(this.log, 'A goal could not be compared with others', LEARN_PATIENCE_MS, async (signal) => {
      const { collection, vector } = await this.placed(goal, signal);
      await this.vectors.upsert(collection, [{ id: key, vector, payload: { tenant, scope } }]);
    });
  }

  /** Keys of the answers to the nearest goals at or above a cosine, nearest first. */
  async nearest({ goal, tenant, scope }: Goal, similarity: number): Promise<string[]> {
    const keys = await bestEffort(this.log, 'Looking up the very goal only', SEARCH_PATIENCE_MS, async (signal) => {
      const { collection, vector } = await this.placed(goal, signal);
      const hits = await this.vectors.search(collection, vector, { limit: CANDIDATES, filter: { tenant, scope } });
      return hits.filter(({ score }) => score >= similarity).map(({ id }) => id);
    });
    return keys ?? [];
  }

  async forget(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await bestEffort(this.log, 'Vectors of old answers stay for now', LEARN_PATIENCE_MS, async (signal) => {
      const { collection } = await this.placed(PROBE, signal);
      await this.vectors.remove(collection, keys);
    });
  }

  private async placed(goal: string, signal: AbortSignal): Promise<{ collection: string; vector: Float32Array }> {
    const [vector = new Float32Array()] = await this.llm.embed([goal], signal);
    return { collection: collectionOf('answers', this.llm, this.config, vector.length), vector };
  }
}
