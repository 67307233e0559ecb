import { Injectable, Logger } from '@nestjs/common';
import { OctoError } from '../../common/errors';
import { LimitedLog } from '../../common/log/limited-log';
import { MemoryFilter } from '../memory-filter.service';
import { EpisodeMeaning } from './episode-meaning.service';
import { type Episode, EpisodePort, type Problem, type SolvedProblem } from './episode.port';
import { EpisodeRepository, type Kept } from './episode.repository';

/** Of one holder's arm; beyond it those with the fewest successes go, the oldest of them first. */
const MOST = 2_000;
/** Longest problem and longest solution (code and tests) that are kept, in characters: what is longer is no help to a model. */
const LONGEST_PROBLEM = 8_000;
const LONGEST_SOLUTION = 60_000;
/** Longest name of a language that there is a column for. */
const LONGEST_LANGUAGE = 50;
/** The nearest may have been merged or forgotten a moment ago. */
const SPARE = 2;

/** Solved problems in the database, found by the vectors of their texts. */
@Injectable()
export class Episodes extends EpisodePort {
  private readonly log = new LimitedLog(new Logger('Episodes'));

  constructor(
    private readonly rows: EpisodeRepository,
    private readonly meaning: EpisodeMeaning,
    private readonly filter: MemoryFilter,
  ) {
    super();
  }

  async recall({ limit, ...asked }: Problem & { limit: number }): Promise<Episode[]> {
    try {
      const near = await this.meaning.nearest(asked, limit + SPARE);
      if (near.length === 0) return [];
      const ids = near.map(({ id }) => id);
      const found = new Map((await this.rows.find(asked, ids)).map((episode) => [episode.id, episode]));
      const episodes = near.flatMap(({ id, similarity }) => {
        const episode = found.get(id);
        return episode === undefined ? [] : [{ ...episode, similarity }];
      });
      return episodes.slice(0, limit);
    } catch (error) {
      this.log.warn('Solved problems could not be looked up', error);
      return [];
    }
  }

  async remember(solved: SolvedProblem): Promise<string | undefined> {
    try {
      const cleared = this.cleared(solved);
      if (cleared === undefined) return undefined;
      const kept = await this.rows.keep(cleared, MOST);
      await this.meaning.forget(kept.gone);
      await this.meaning.learn(kept.id, { ...cleared, problem: kept.problem }, payloadOf(cleared, kept));
      return kept.id;
    } catch (error) {
      this.log.warn('A solved problem could not be kept', error);
      return undefined;
    }
  }

  async reinforce(holder: string, ids: readonly string[], stepId: string): Promise<void> {
    if (ids.length === 0) return;
    try {
      await this.rows.reinforce(holder, ids, stepId);
    } catch (error) {
      this.log.warn('A success could not be counted', error);
    }
  }

  /** As memory may keep it; nothing when it may not. A program that something was taken out of is not the one that was proven. */
  private cleared(solved: SolvedProblem): SolvedProblem | undefined {
    const { problem, solution, language } = solved;
    const length = solution.code.length + solution.tests.length;
    if (length > LONGEST_SOLUTION || language.length > LONGEST_LANGUAGE) return undefined;
    try {
      const texts = { problem: problem.slice(0, LONGEST_PROBLEM), tags: solved.tags, ...solution };
      const { value } = this.filter.keep(texts, 'episode');
      const { problem: wanted, tags, ...kept } = value;
      const isProven = kept.code === solution.code && kept.tests === solution.tests;
      return isProven ? { ...solved, problem: wanted, tags, solution: kept } : undefined;
    } catch (error) {
      if (error instanceof OctoError && error.code === 'policy_violation') return undefined;
      throw error;
    }
  }
}

/** What clients of the vector store know of an episode. */
const payloadOf = ({ complexity, tags }: SolvedProblem, { qualityScore }: Kept) => ({
  complexity,
  tags,
  quality_score: qualityScore,
  tested: true,
});
