import { posix } from 'node:path';
import { TransientError, UserError } from '../../common/errors';
import { runContained } from './contained-process';
import type { Interpreter, Runtime } from './interpreters';
import type { Isolation } from './isolation';
import { DEFAULT_LIMITS, bytesOf, resourceLimits } from './limits';
import { SandboxPort, type SandboxOutcome, type SandboxRequest, type SandboxStatus } from './sandbox.port';
import { Slots } from './slots';
import { WORK_FOLDER, viewOf } from './view';

export const RUNS_AT_ONCE = 4;

/**
 * First process inside: takes the files from standard input, where they arrive one after the other, makes what is left the
 * program's own standard input (a file without a name, so that `/dev/stdin` can be opened), and on `go` becomes the program. Nothing
 * of a run ever lies in a folder of the host. Under memory pressure the kernel is told to prefer this victim.
 */
const UNPACK = `set -e
{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null || :
while [ "$1" != -- ]; do
  mkdir -p "\${1%/*}"
  head -c "$2" >"$1"
  shift 2
done
head -c "$2" >/tmp/.stdin
shift 2
printf ready >&3
exec 3>&-
read -r go || exit 1
exec </tmp/.stdin
rm /tmp/.stdin
unset PWD OLDPWD
exec "$@"`;

const placeOf = (path: string): string => {
  const place = posix.join(WORK_FOLDER, path);
  if (posix.isAbsolute(path) || path.includes('\0') || !place.startsWith(`${WORK_FOLDER}/`) || place.endsWith('/')) {
    throw new UserError(
      'sandbox_path_invalid',
      `files: '${path}' leaves the working folder; use a relative path without '..'.`,
    );
  }
  return place;
};

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
    const { signal } = request;
    const limits = { ...DEFAULT_LIMITS, ...request.limits };
    const command = this.commandFor(request, limits);
    const payload = Object.values(request.files).join('') + (request.stdin ?? '');
    if (Buffer.byteLength(payload) > bytesOf(limits.diskMb)) {
      throw new UserError(
        'sandbox_files_too_large',
        `files: larger than the disk limit of ${limits.diskMb} MB; send less.`,
      );
    }
    const { started, ...outcome } = await this.slots.run(
      () => runContained({ command, payload, limits, signal }),
      signal,
    );
    if (!started && outcome.limit === undefined) {
      const why = outcome.stderr.trim().slice(0, 500) || `exit code ${outcome.exitCode}`;
      throw new TransientError('sandbox_failed', `The sandbox (${this.isolation.engine}) did not start: ${why}`);
    }
    return outcome;
  }

  private commandFor(request: SandboxRequest, limits: typeof DEFAULT_LIMITS): string[] {
    const interpreter = this.interpreters[request.runtime];
    if (!interpreter) {
      const name = request.runtime === 'python' ? 'python3 (3.8 or newer)' : 'node';
      throw new UserError(
        'runtime_unavailable',
        `${request.runtime}: no interpreter was found on this machine; install ${name}.`,
      );
    }
    if (!Object.hasOwn(request.files, request.entry)) {
      throw new UserError('sandbox_entry_missing', `entry: '${request.entry}' is not among the files; add it.`);
    }
    const files = Object.entries(request.files).flatMap(([path, text]) => [
      placeOf(path),
      String(Buffer.byteLength(text)),
    ]);
    const ownUser = this.isolation.rights === 'root';
    return this.isolation.wrap(viewOf(interpreter.needs), bytesOf(limits.diskMb), [
      ...[this.isolation.prlimit, ...resourceLimits(limits, ownUser)],
      ...['/bin/sh', '-c', UNPACK, 'sh', ...files],
      ...['--', String(Buffer.byteLength(request.stdin ?? ''))],
      ...[interpreter.executable, ...interpreter.options(limits), placeOf(request.entry), ...(request.args ?? [])],
    ]);
  }
}
