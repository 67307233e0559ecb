import { TransientError, UserError } from '../../common/errors';
import { Slots } from '../../common/slots';
import { findCommand } from './commands';
import { runContained } from './contained-process';
import { SHELL, inside, placeOf } from './inside';
import type { Interpreter, Runtime } from './interpreters';
import { type Isolation, newIdentity } from './isolation';
import { DEFAULT_LIMITS, bytesOf, resourceLimits } from './limits';
import {
  type SandboxCommand,
  type SandboxLimits,
  type SandboxOutcome,
  SandboxPort,
  type SandboxRequest,
  type SandboxStatus,
  type Surroundings,
} from './sandbox.port';
import { viewOf, type View } from './view';

export const RUNS_AT_ONCE = 10;
/** Runs that may wait for their turn. */
export const MAX_WAITING = 100;

/** Commands that are interpreters, which may lie anywhere on the host. */
const RUNTIMES = new Map<string, Runtime>([
  ['python3', 'python'],
  ['python', 'python'],
  ['node', 'javascript'],
]);

/** Runs programs by one way of isolation. */
export class IsolatedSandbox extends SandboxPort {
  private readonly slots = new Slots(RUNS_AT_ONCE);
  private readonly views = new Map<string, View>();
  /** Runs that have begun or wait. */
  private accepted = 0;

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
    const { engine, weaknesses } = this.isolation;
    return Promise.resolve({ available: true, engine, runtimes, weaknesses });
  }

  async run(request: SandboxRequest): Promise<SandboxOutcome> {
    const interpreter = this.interpreter(request.runtime);
    if (!Object.hasOwn(request.files, request.entry)) {
      throw new UserError('sandbox_entry_missing', `entry: '${request.entry}' is not among the files; add it.`);
    }
    const program = [interpreter.executable, ...interpreter.options, placeOf(request.entry)];
    return this.contain([...program, ...(request.args ?? [])], interpreter.needs, request);
  }

  async command(request: SandboxCommand): Promise<SandboxOutcome> {
    const runtime = RUNTIMES.get(request.name);
    if (runtime === undefined) return this.contain([findCommand(request.name), ...request.args], [], request);
    const interpreter = this.interpreter(runtime);
    const program = [interpreter.executable, ...interpreter.options, ...request.args];
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
  private async contain(program: string[], needs: string[], request: Surroundings): Promise<SandboxOutcome> {
    const { rights, filter } = this.isolation;
    const { collect, signal, ...contents } = request;
    const limits = { ...DEFAULT_LIMITS, ...request.limits };
    const sent = inside({
      ...contents,
      limits: resourceLimits(limits, rights !== 'user'),
      tar: collect && findCommand('tar'),
    });
    checkSize(contents, limits);
    const command = this.isolation.wrap(this.viewFor(needs), bytesOf(limits.diskMb), [...SHELL, ...program]);
    const identity = rights === 'dropped' ? newIdentity() : undefined;
    const { started, ...outcome } = await this.inTurn(
      () => runContained({ command, sent, limits, collect, filter, identity, signal }),
      signal,
    );
    if (!started && outcome.limit === undefined) {
      const why = outcome.stderr.trim().slice(0, 500) || `exit code ${outcome.exitCode}`;
      throw new TransientError('sandbox_failed', `The sandbox (${this.isolation.engine}) did not start: ${why}`);
    }
    return outcome;
  }

  private async inTurn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (this.accepted >= RUNS_AT_ONCE + MAX_WAITING) {
      throw new TransientError(
        'sandbox_busy',
        `The sandbox runs ${RUNS_AT_ONCE} programs and ${MAX_WAITING} wait already; try again when some have ended.`,
        { retryAfterSeconds: 5 },
      );
    }
    this.accepted += 1;
    try {
      return await this.slots.run(work, signal);
    } finally {
      this.accepted -= 1;
    }
  }

  /** The host's folders are looked at once. */
  private viewFor(needs: string[]): View {
    const key = needs.join('\0');
    const view = this.views.get(key) ?? viewOf(needs);
    this.views.set(key, view);
    return view;
  }
}

const checkSize = ({ files = {}, stdin = '' }: Surroundings, { diskMb }: SandboxLimits): void => {
  const sizes = [...Object.values(files), stdin].map((data) => Buffer.byteLength(data));
  if (sizes.reduce((total, size) => total + size, 0) <= bytesOf(diskMb)) return;
  throw new UserError('sandbox_files_too_large', `files: larger than the disk limit of ${diskMb} MB; send less.`);
};
