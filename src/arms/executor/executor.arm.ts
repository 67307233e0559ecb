import { firstArtifact } from '../../common/code-artifact';
import type { ArmResult, Assignment } from '../../contracts/arm';
import type { ExecutionRequest } from '../../contracts/direct';
import type { CodeArtifact, Execution, TestRun } from '../../contracts/outcome';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { TestRunner, type TestReport } from '../../workshop/test-runner.service';
import { Workspaces } from '../../workshop/workspaces.service';
import { DirectExecution } from './direct-execution.service';
import { cutPrint, plannedIn, plannedRequest, plannedResult } from './planned-execution';

/** Of the step's time, what is left for starting the sandbox and storing the result. */
const RESERVE_MS = 2_000;
const MAX_WALL_MS = 30_000;

/** The program to run: given with the step itself, else the last one that an earlier step made. */
const artifactOf = ({ input, earlier }: Assignment): CodeArtifact | undefined =>
  firstArtifact([input, ...earlier.toReversed().map(({ output }) => output)]);

const nothingToRun: TestReport = {
  testRun: {
    ran: false,
    passed: 0,
    failed: 0,
    failures: [],
    durationMs: 0,
    engine: 'none',
    reason: 'no program: no earlier step made code, and the step was given none',
  },
  stdout: '',
  stderr: '',
};

const judge = ({ ran, failed, passed, reason }: TestRun): Pick<ArmResult, 'confidence' | 'warnings'> => {
  if (!ran) return { confidence: 0.5, warnings: [`The tests were not run: ${reason ?? 'no reason given'}`] };
  if (failed > 0) return { confidence: 0.2, warnings: [`${failed} of ${passed + failed} tests failed.`] };
  return { confidence: 0.95 };
};

/**
 * In a task: runs what the plan says word by word, or else the tests of the program that an earlier step made; its output is an
 * `Execution`. Called by itself, it executes what it is given: an `ExecutionRequest` becomes an `ExecutionReply`.
 */
@Arm({
  id: 'executor',
  name: 'Executor',
  description:
    'Runs programs and their tests in isolation: no network, a private file system, limits on time and memory.',
  capabilities: ['shell_execution', 'http_requests', 'python_execution', 'code_execution', 'shell_command', 'api_call'],
  costTier: 3,
  concurrency: 10,
})
export class ExecutorArm extends ArmPort {
  constructor(
    private readonly tests: TestRunner,
    private readonly direct: DirectExecution,
    private readonly workspaces: Workspaces,
  ) {
    super();
  }

  async run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    if (assignment.kind === 'direct') {
      const reply = await this.direct.run(assignment.input as ExecutionRequest, assignment, workbench);
      return { output: reply, confidence: 1 };
    }
    const planned = plannedIn(assignment.input);
    if (planned === undefined) return this.test(assignment, workbench);
    const request = plannedRequest(planned, MAX_WALL_MS / 1000);
    return plannedResult(await this.direct.run(request, assignment, workbench));
  }

  private async test(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const artifact = artifactOf(assignment);
    const { testRun, stdout, stderr } = artifact ? await this.tried(artifact, assignment, workbench) : nothingToRun;
    const output: Execution = { testRun, stdout: cutPrint(stdout), stderr: cutPrint(stderr) };
    return { output, ...judge(testRun) };
  }

  private async tried(artifact: CodeArtifact, { taskId }: Assignment, workbench: Workbench): Promise<TestReport> {
    const { deadline, signal } = workbench;
    workbench.report(`Running the tests of the ${artifact.language} program`);
    const remaining = deadline.getTime() - Date.now() - RESERVE_MS;
    const wallMs = Math.max(1_000, Math.min(MAX_WALL_MS, remaining));
    return this.tests.run(artifact, { signal, wallMs, files: await this.workspaces.open(taskId) });
  }
}
