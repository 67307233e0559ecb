import { Injectable } from '@nestjs/common';
import { UserError } from '../../common/errors';
import { counter } from '../../common/metrics';
import type { Assignment } from '../../contracts/arm';
import type { CodeArtifact } from '../../contracts/outcome';
import type { Workbench } from '../../dispatch/arm.port';
import { EpisodePort } from '../../memory/episodes/episode.port';

/** A solved problem as the model is shown it. */
export type Solved = { problem: string; code: string };

/** What a piece of work may draw on. */
export interface Recalled {
  shown: Solved[];
  ids: string[];
}

export interface Lesson {
  language: string;
  problem: string;
  artifact: CodeArtifact;
  complexity: string;
  tags: string[];
  confidence: number;
  testsPassed: number;
}

export const NOTHING_RECALLED: Recalled = { shown: [], ids: [] };

const MOST_SHOWN = 3;
/** Characters of one program and of all: half a program misleads, so that a long one is left out. */
const LONGEST_SHOWN = 4_000;
const MOST_CHARACTERS = 6_000;
const LONGEST_PROBLEM = 600;

const hits = counter('coder_memory_hits_total', 'Solved problems that were shown to a model');

/** What the coder has solved for the same holder, and proved. Work that nobody is known to have given leaves and finds nothing. */
@Injectable()
export class SolvedProblems {
  constructor(private readonly episodes: EpisodePort) {}

  /** Solved problems like this one, as the policy lets them be shown. Never rejects but for a question to a person. */
  async recall({ holder }: Assignment, language: string, problem: string, workbench: Workbench): Promise<Recalled> {
    if (holder === '' || workbench.model.isDemonstration) return NOTHING_RECALLED;
    const found = await this.episodes.recall({ holder, arm: 'coder', language, problem, limit: MOST_SHOWN });
    let left = MOST_CHARACTERS;
    const fitting = found.filter(({ solution: { code } }) => {
      const fits = code.length <= Math.min(left, LONGEST_SHOWN);
      if (fits) left -= code.length;
      return fits;
    });
    const shown = fitting.map(({ problem: solved, solution: { code } }) => ({
      problem: solved.slice(0, LONGEST_PROBLEM),
      code,
    }));
    try {
      const { solved } = workbench.untrusted({ solved: shown });
      hits.inc(solved.length);
      return { shown: solved, ids: fitting.map(({ id }) => id) };
    } catch (error) {
      // The policy has changed since it was kept: work goes on without.
      if (error instanceof UserError && error.code === 'policy_violation') return NOTHING_RECALLED;
      throw error;
    }
  }

  /** Keeps what was proven, and counts a success for what helped. */
  async learn({ holder, stepId }: Assignment, lesson: Lesson, recalled: Recalled, { model }: Workbench): Promise<void> {
    if (holder === '' || model.isDemonstration) return;
    const { artifact, confidence, ...rest } = lesson;
    const { code, tests, explanation } = artifact;
    const solution = { code, tests, explanation };
    const solved = { ...rest, holder, arm: 'coder', stepId, solution, qualityScore: confidence };
    const kept = await this.episodes.remember(solved);
    const helped = recalled.ids.filter((id) => id !== kept);
    await this.episodes.reinforce(holder, helped, stepId);
  }
}
