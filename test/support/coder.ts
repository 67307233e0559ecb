import { CoderArm } from '../../src/arms/coder/coder.arm';
import { DirectCoder } from '../../src/arms/coder/direct-coder.service';
import { Drafting } from '../../src/arms/coder/drafting.service';
import { FinishedWork } from '../../src/arms/coder/finished-work.service';
import { SolvedProblems } from '../../src/arms/coder/solved-problems.service';
import { TaskCoder } from '../../src/arms/coder/task-coder.service';
import { Trials } from '../../src/arms/coder/trials.service';
import type { CodeArtifact, TestRun } from '../../src/contracts/outcome';
import type { SyntaxVerdict } from '../../src/drivers/syntax/syntax.port';
import { type Episode, EpisodePort, type Problem, type SolvedProblem } from '../../src/memory/episodes/episode.port';
import type { SyntaxCheck } from '../../src/workshop/syntax-check.service';
import type { TestRunner } from '../../src/workshop/test-runner.service';
import type { Workspaces } from '../../src/workshop/workspaces.service';

export const PASSED: TestRun = { ran: true, passed: 1, failed: 0, failures: [], durationMs: 1, engine: 'bubblewrap' };
export const FAILED: TestRun = { ...PASSED, passed: 1, failed: 2, failures: ['test_a: 1 != 2', 'test_b: 3 != 4'] };

/** A memory that holds what it is given and notes what it is told. */
export class NotedEpisodes extends EpisodePort {
  readonly asked: Problem[] = [];
  readonly remembered: SolvedProblem[] = [];
  readonly reinforced: string[] = [];

  constructor(private readonly known: Episode[] = []) {
    super();
  }

  recall(asked: Problem & { limit: number }): Promise<Episode[]> {
    this.asked.push(asked);
    return Promise.resolve(this.known.slice(0, asked.limit));
  }

  remember(solved: SolvedProblem): Promise<string | undefined> {
    this.remembered.push(solved);
    return Promise.resolve('new');
  }

  reinforce(_holder: string, ids: readonly string[]): Promise<void> {
    this.reinforced.push(...ids);
    return Promise.resolve();
  }
}

interface Outcomes {
  /** What each run of tests shows, in order; the last is repeated. */
  runs?: (TestRun | Error)[];
  /** What the parser says of a text. */
  parse?: (source: string, language: string) => SyntaxVerdict;
  episodes?: EpisodePort;
  /** Takes files, or refuses them. */
  put?: Workspaces['put'];
}

/** A coder whose parser and sandbox say what the test wants: for what it makes of that. `ran` gathers what was run. */
export const scriptedCoder = ({
  runs = [PASSED],
  parse = () => ({ ok: true }),
  episodes = new NotedEpisodes(),
  put = () => Promise.resolve([]),
}: Outcomes = {}): { arm: CoderArm; ran: CodeArtifact[] } => {
  const ran: CodeArtifact[] = [];
  const runner = {
    run: (artifact: CodeArtifact) => {
      const testRun = runs[Math.min(ran.length, runs.length - 1)];
      ran.push(artifact);
      return testRun instanceof Error ? Promise.reject(testRun) : Promise.resolve({ testRun, stdout: '', stderr: '' });
    },
  } as unknown as TestRunner;
  const checker = {
    check: (source: string, language: string) => Promise.resolve(parse(source, language)),
  } as unknown as SyntaxCheck;
  const drafting = new Drafting(new Trials(checker, runner));
  const memory = new SolvedProblems(episodes);
  const finished = new FinishedWork({ put } as unknown as Workspaces);
  return { arm: new CoderArm(new DirectCoder(drafting, memory), new TaskCoder(drafting, memory, finished)), ran };
};
