import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { LimitedLog } from '../../common/log/limited-log';
import type { JsonObject } from '../../contracts/json';
import { LlmPort } from '../../drivers/llm/llm.port';
import { VectorPort } from '../../drivers/vector/vector.port';
import { bestEffort } from '../best-effort';
import { PROBE, collectionOf, isLearned } from '../embedder';
import type { Problem } from './episode.port';
import { essenceOf } from './essence';

const SEARCH_PATIENCE_MS = 2_000;
const LEARN_PATIENCE_MS = 15_000;

/**
 * Least cosine at which a problem counts as similar. Hashed vectors know words alone. Measured with them on 16 small problems in
 * two wordings each: .45 finds 13 of the 16 again and shows something else to 2 of 32; .40 finds 15 and shows something else to
 * 3; .50 finds 12. Of 13,366 pairs of HumanEval's descriptions less than 1 % reach .45. A model's vectors could not be measured
 * here; unrelated texts are nearer to one another there, hence .60.
 */
const FLOOR = { hashed: 0.45, learned: 0.6 } as const;

const NAME = 'coder_memory';

export interface Near {
  id: string;
  /** Cosine, 0 to 1. */
  similarity: number;
}

/** Vectors of solved problems. When the embedder or the vector store fails, that is logged and nothing is found. */
@Injectable()
export class EpisodeMeaning {
  private readonly log = new LimitedLog(new Logger('Episodes'));
  private known: Promise<boolean> | undefined;

  constructor(
    private readonly llm: LlmPort,
    private readonly vectors: VectorPort,
    private readonly config: AppConfig,
  ) {}

  async learn(id: string, problem: Problem, payload: JsonObject): Promise<void> {
    await bestEffort(this.log, 'A solved problem will not be found again', LEARN_PATIENCE_MS, async (signal) => {
      const { collection, vector } = await this.placed(problem.problem, signal);
      await this.vectors.upsert(collection, [{ id, vector, payload: { ...payload, ...scopeOf(problem) } }]);
    });
  }

  async nearest(problem: Problem, limit: number): Promise<Near[]> {
    const near = await bestEffort(
      this.log,
      'Solved problems could not be looked up',
      SEARCH_PATIENCE_MS,
      async (signal) => {
        const { collection, vector, floor } = await this.placed(problem.problem, signal);
        const hits = await this.vectors.search(collection, vector, { limit, filter: scopeOf(problem) });
        return hits.filter(({ score }) => score >= floor).map(({ id, score }) => ({ id, similarity: score }));
      },
    );
    return near ?? [];
  }

  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await bestEffort(this.log, 'Vectors of forgotten problems stay for now', LEARN_PATIENCE_MS, async (signal) => {
      const { collection } = await this.placed(PROBE, signal);
      await this.vectors.remove(collection, ids);
    });
  }

  private async placed(
    problem: string,
    signal: AbortSignal,
  ): Promise<{ collection: string; vector: Float32Array; floor: number }> {
    const [vector = new Float32Array()] = await this.llm.embed([essenceOf(problem)], signal);
    if (!(await this.isLearned(signal))) return { collection: NAME, vector, floor: FLOOR.hashed };
    return { collection: collectionOf(NAME, this.llm, this.config, vector.length), vector, floor: FLOOR.learned };
  }

  private isLearned(signal: AbortSignal): Promise<boolean> {
    this.known ??= this.llm.embed([PROBE], signal).then(
      ([probe = new Float32Array()]) => isLearned(probe),
      (error: unknown) => {
        this.known = undefined;
        throw error;
      },
    );
    return this.known;
  }
}

const scopeOf = ({ holder, arm, language }: Problem): { holder: string; arm: string; language: string } => ({
  holder,
  arm,
  language,
});
