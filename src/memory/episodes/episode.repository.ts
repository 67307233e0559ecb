import { Injectable } from '@nestjs/common';
import { storableJson, storableText } from '../../common/storable';
import { Database, type Sql } from '../../drivers/database/database.service';
import type { Episode, Problem, Solution, SolvedProblem } from './episode.port';
import { problemHash, solutionHash } from './same-work';

export interface Kept {
  id: string;
  /** Of the episode as it is kept: when the code was known already, the problem it first solved. */
  problem: string;
  qualityScore: number;
  /** Episodes that are gone: merged into this one, or the least useful ones of this holder. */
  gone: string[];
}

interface Match {
  id: string;
  tests_passed: number;
  successes: number;
  is_counted: boolean;
}

/** Solved problems as rows. */
@Injectable()
export class EpisodeRepository {
  constructor(private readonly database: Database) {}

  /** Keeps a solution as an episode of its own or as part of the one it is the same work as; `most` bounds those of a holder's arm. */
  async keep(solved: SolvedProblem, most: number): Promise<Kept> {
    return this.database.transaction(async (sql) => {
      // Two steps that solve the same at the same moment would each find nothing to merge with.
      await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${solved.holder} ${solved.arm}`]);
      const [same, ...others] = await this.sameWork(sql, solved);
      const gone = others.map(({ id }) => id);
      await sql.query('DELETE FROM episodes WHERE id = ANY ($1)', [gone]);
      const kept = same === undefined ? await this.insert(sql, solved) : await this.merge(sql, solved, same, others);
      const trimmed = await sql.query<{ id: string }>(
        `DELETE FROM episodes WHERE id IN (
           SELECT id FROM episodes WHERE holder = $1 AND arm = $2 AND id <> $3
           ORDER BY successes DESC, updated_at DESC, id OFFSET $4
         ) RETURNING id`,
        [solved.holder, solved.arm, kept.id, most - 1],
      );
      return { ...kept, gone: [...gone, ...trimmed.map(({ id }) => id)] };
    });
  }

  /** Those of the ids that are this holder's, arm's and language's. */
  async find({ holder, arm, language }: Problem, ids: readonly string[]): Promise<Omit<Episode, 'similarity'>[]> {
    return this.database.query<{ id: string; problem: string; solution: Solution; successes: number }>(
      `SELECT id, problem, solution, successes FROM episodes
       WHERE id = ANY ($1) AND holder = $2 AND arm = $3 AND language = $4`,
      [ids, holder, arm, language],
    );
  }

  async reinforce(holder: string, ids: readonly string[], stepId: string): Promise<void> {
    await this.database.query(
      `UPDATE episodes SET successes = successes + 1, last_step = $3, updated_at = now()
       WHERE id = ANY ($1) AND holder = $2 AND last_step <> $3`,
      [ids, holder, stepId],
    );
  }

  /** The one that solved the very same problem first. */
  private sameWork(sql: Sql, { holder, arm, language, problem, solution, stepId }: SolvedProblem): Promise<Match[]> {
    return sql.query<Match & { is_problem: boolean }>(
      `SELECT id, tests_passed, successes, last_step = $6 AS is_counted, problem_hash = $4 AS is_problem FROM episodes
       WHERE holder = $1 AND arm = $2 AND language = $3 AND (problem_hash = $4 OR solution_hash = $5)
       ORDER BY is_problem DESC`,
      [holder, arm, language, problemHash(problem), solutionHash(solution.code), stepId],
    );
  }

  private async insert(sql: Sql, solved: SolvedProblem): Promise<Omit<Kept, 'gone'>> {
    const [row] = await sql.query<{ id: string }>(
      `INSERT INTO episodes (holder, arm, language, problem, problem_hash, solution, solution_hash, complexity, tags,
                             quality_score, tests_passed, last_step)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
      [
        solved.holder,
        solved.arm,
        solved.language,
        storableText(solved.problem),
        problemHash(solved.problem),
        storableJson(solved.solution),
        solutionHash(solved.solution.code),
        solved.complexity,
        solved.tags.map(storableText),
        solved.qualityScore,
        solved.testsPassed,
        solved.stepId,
      ],
    );
    const { problem, qualityScore } = solved;
    return { id: row?.id ?? '', problem, qualityScore };
  }

  private async merge(
    sql: Sql,
    { solution, testsPassed, qualityScore, stepId }: SolvedProblem,
    same: Match,
    others: readonly Match[],
  ): Promise<Omit<Kept, 'gone'>> {
    const successes = others.reduce((sum, other) => sum + other.successes, same.successes) + (same.is_counted ? 0 : 1);
    const [row] = await sql.query<{ problem: string; quality_score: number }>(
      `UPDATE episodes
       SET successes = $2, last_step = $3, updated_at = now(),
           solution = CASE WHEN $4 THEN $5 ELSE solution END,
           solution_hash = CASE WHEN $4 THEN $6 ELSE solution_hash END,
           quality_score = CASE WHEN $4 THEN $7 ELSE quality_score END,
           tests_passed = CASE WHEN $4 THEN $8 ELSE tests_passed END
       WHERE id = $1 RETURNING problem, quality_score`,
      [
        same.id,
        successes,
        stepId,
        testsPassed >= same.tests_passed,
        storableJson(solution),
        solutionHash(solution.code),
        qualityScore,
        testsPassed,
      ],
    );
    return { id: same.id, problem: row?.problem ?? '', qualityScore: row?.quality_score ?? qualityScore };
  }
}
