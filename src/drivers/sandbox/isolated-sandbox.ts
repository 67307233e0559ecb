import { TransientError, UserError } from '../../common/errors';
import { findCommand } from './commands';
import { runContained } from './contained-process';
import type { Interpreter, Runtime } from './interpreters';
import type { Isolation } from './isolation';
import { DEFAULT_LIMITS, bytesOf, resourceLimits } from './limits';
import {
  type SandboxCommand,
  SandboxPort,
  type SandboxOutcome,
  type SandboxRequest,
  type SandboxStatus,
} from './sandbox.port';
import { Slots } from '../../common/slots';
import { type Unpacking, placeOf, unpacking } from './unpacking';
import { viewOf } from './view';

export const RUNS_AT_ONCE = 4;

/** Commands that are interpreters, which may lie anywhere on the host. */
const RUNTIMES = new Map<string, Runtime>([
  ['python3', 'python'],
  ['python', 'python'],
  ['node', 'javascript'],
]);

/** Runs programs by one way of isolation. */
export class IsolatedSandbox extends SandboxPort {
  private readonly slots = new Slots(RUNS_AT_ONCE);

  constructor(
    private readonly isolation: Isolation,
    private readonly interpreters: Partial<Record<Runtime, Interpreter>>,
  ) {
    super();
  }

  status(): Promise<SandboxStatus> {
    const runtimes = Object.fromEntries(
      Object.values(this.interpreters).map(({ runtime, version }) => [runtime, version]),
    );
    return Promise.resolve({ available: true, engine: this.isolation.engine, runtimes });
  }

  async run(request: SandboxRequest): Promise<SandboxOutcome> {
    const interpreter = this.interpreter(request.runtime);
    if (!Object.hasOwn(request.files, request.entry)) {
      throw new UserError('sandbox_entry_missing', `entry: '${request.entry}' is not among the files; add it.`);
    }
    const limits = { ...DEFAULT_LIMITS, ...request.limits };
    const program = [interpreter.executable, ...interpreter.options(limits), placeOf(request.entry)];
    return this.contain([...program, ...(request.args ?? [])], interpreter.needs, request);
  }

  async command(request: SandboxCommand): Promise<SandboxOutcome> {
    const runtime = RUNTIMES.get(request.name);
    const limits = { ...DEFAULT_LIMITS, ...request.limits };
    if (runtime === undefined) return this.contain([findCommand(request.name), ...request.args], [], request);
    const interpreter = this.interpreter(runtime);
    const program = [interpreter.executable, ...interpreter.options(limits), ...request.args];
    return this.contain(program, interpreter.needs, request);
  }

  private interpreter(runtime: Runtime): Interpreter {
    const interpreter = this.interpreters[runtime];
    if (interpreter !== undefined) return interpreter;
    const name = runtime === 'python' ? 'python3 (3.8 or newer)' : 'node';
    throw new UserError(
      'runtime_unavailable',
      `${runtime}: no interpreter was found on this machine; install ${name}.`,
    );
  }

  /** @param program absolute path and arguments; @param needs host paths it must see besides the system's */
  private async contain(
    program: string[],
    needs: string[],
    {
      signal,
      limits: given,
      stdin = '',
      ...request
    }: Omit<Unpacking, 'program'> & Pick<SandboxRequest, 'limits' | 'signal'>,
  ): Promise<SandboxOutcome> {
    const limits = { ...DEFAULT_LIMITS, ...given };
    const { command, payload } = unpacking({ ...request, stdin, program });
    if (Buffer.byteLength(payload) > bytesOf(limits.diskMb)) {
      throw new UserError(
        'sandbox_files_too_large',
        `files: larger than the disk limit of ${limits.diskMb} MB; send less.`,
      );
    }
    const isolated = this.isolation.wrap(viewOf(needs), bytesOf(limits.diskMb), [
      ...[this.isolation.prlimit, ...resourceLimits(limits, this.isolation.rights === 'root')],
      ...command,
    ]);
    const { started, ...outcome } = await this.slots.run(
      () => runContained({ command: isolated, payload, limits, signal }),
      signal,
    );
    if (!started && outcome.limit === undefined) {
      const why = outcome.stderr.trim().slice(0, 500) || `exit code ${outcome.exitCode}`;
      throw new TransientError('sandbox_failed', `The sandbox (${this.isolation.engine}) did not start: ${why}`);
    }
    return outcome;
  }
}
