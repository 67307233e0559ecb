import { Injectable } from '@nestjs/common';
import { UserError } from '../../common/errors';
import type { Assignment } from '../../contracts/arm';
import type { ExecutionRequest } from '../../contracts/direct';
import type { SandboxLimits, SandboxOutcome, SandboxRequest } from '../../drivers/sandbox/sandbox.port';
import { SandboxPort } from '../../drivers/sandbox/sandbox.port';
import { SyntaxPort } from '../../drivers/syntax/syntax.port';
import { WORKSPACE_LIMITS, Workspaces } from '../../workshop/workspaces.service';
import { type Entry, MOST_OWN, entryFor, withoutEntry } from './entry';
import type { ProgramRuntime } from './order';
import { type Made, fromFault, fromSandbox } from './replies';

/** Something to start in the sandbox. A program that is apart takes no module of the workspace for one of its own. */
export type Start =
  | { kind: 'program'; runtime: ProgramRuntime; source: string; args: string[]; stdin?: string; isApart?: boolean }
  | { kind: 'command'; name: string; args: string[] };

export interface Run {
  assignment: Assignment;
  request: Pick<ExecutionRequest, 'env' | 'cwd' | 'files' | 'workspace'>;
  signal: AbortSignal;
  wallMs: number;
  /** False for what cannot have changed a file. */
  mayWrite: boolean;
}

type Files = Record<string, Uint8Array>;

/** As the contract has it. */
const MEMORY_MB = 512;
/** What an interpreter leaves beside the files it reads is not what anybody made. */
const TIDY = { PYTHONDONTWRITEBYTECODE: '1' };
/** Any folder can be made to look like a repository, whose settings name programs for git to run: none of them is taken for one. */
const NO_STRANGE_REPOSITORIES = {
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'safe.bareRepository',
  GIT_CONFIG_VALUE_0: 'explicit',
  GIT_CONFIG_KEY_1: 'core.fsmonitor',
  GIT_CONFIG_VALUE_1: 'false',
};

/** Runs programs and commands in the sandbox, among the files of a workspace. */
@Injectable()
export class SandboxRuns {
  constructor(
    private readonly sandbox: SandboxPort,
    private readonly workspaces: Workspaces,
    private readonly syntax: SyntaxPort,
  ) {}

  /**
   * A run that goes on in a workspace sees its newest files; what it makes, changes and removes there counts with its result.
   * Errors: those of `SandboxPort` and `Workspaces`.
   */
  async run(start: Start, run: Run): Promise<Made> {
    const { assignment, request, signal } = run;
    checkFolder(request.cwd);
    const workspace = request.workspace ?? assignment.taskId;
    // A call by itself begins with an empty one.
    const goesOn = request.workspace !== undefined || assignment.kind !== 'direct';
    const found = goesOn ? await this.workspaces.open(workspace) : {};
    const given = bytesOf(request.files ?? {});
    if (Object.keys(given).length > 0) await this.workspaces.put(workspace, assignment, given);
    const files = { ...found, ...given };
    const program = await this.prepared(start, files, signal);
    if ('made' in program) return program.made;
    const { engine } = await this.sandbox.status();
    const { entry } = program;
    const { collected, ...outcome } = await program.launch({
      files: { ...files, ...entry?.files },
      env: { ...TIDY, ...(start.kind === 'command' && NO_STRANGE_REPOSITORIES), ...request.env },
      ...(request.cwd !== undefined && { cwd: request.cwd }),
      ...(run.mayWrite && { collect: { ...WORKSPACE_LIMITS, files: WORKSPACE_LIMITS.files + MOST_OWN } }),
      signal,
      limits: limitsOf(run.wallMs),
    });
    const made = fromSandbox(outcome, engine, MEMORY_MB);
    if (collected === undefined) return made;
    const left = withoutEntry(collected, entry);
    const isEmpty = Object.keys(files).length + Object.keys(left.files).length === 0;
    if (isEmpty) return left.leftOut.length > 0 ? { ...made, leftOut: left.leftOut } : made;
    const { artifacts, leftOut } = await this.workspaces.keep(workspace, assignment, files, left);
    return { ...made, artifacts, ...(leftOut.length > 0 && { leftOut }) };
  }

  private async prepared(start: Start, files: Files, signal: AbortSignal): Promise<{ made: Made } | Prepared> {
    if (start.kind === 'command') {
      const { name, args } = start;
      return { launch: (surroundings) => this.sandbox.command({ name, args, ...surroundings }) };
    }
    const { source, args, stdin, isApart = false } = start;
    const runtime: SandboxRequest['runtime'] = start.runtime === 'python' ? 'python' : 'javascript';
    let code = source;
    if (start.runtime === 'typescript') {
      const transpiled = await this.syntax.transpile(source, signal);
      if ('fault' in transpiled) return { made: fromFault(transpiled.fault, 'main.ts') };
      code = transpiled.code;
    }
    const entry = entryFor(runtime, code, { beside: files, isApart });
    const more = { runtime, entry: entry.path, args, ...(stdin !== undefined && { stdin }) };
    return { entry, launch: (surroundings) => this.sandbox.run({ ...more, ...surroundings }) };
  }
}

type Surroundings = Omit<Parameters<SandboxPort['run']>[0], 'runtime' | 'entry' | 'args' | 'stdin'>;
interface Prepared {
  /** The program as it lies among the files. */
  entry?: Entry;
  launch: (surroundings: Surroundings) => Promise<SandboxOutcome>;
}

/** As much as a file system takes for one name, bytes. */
const LONGEST_NAME = 255;

const checkFolder = (cwd = ''): void => {
  if (cwd.split('/').every((name) => Buffer.byteLength(name) <= LONGEST_NAME)) return;
  throw new UserError(
    'sandbox_path_invalid',
    `cwd: a name in it is longer than ${LONGEST_NAME} bytes; use a shorter one.`,
  );
};

const bytesOf = (files: Record<string, string>): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));

const limitsOf = (wallMs: number): Partial<SandboxLimits> => ({
  wallMs,
  cpuSeconds: Math.ceil(wallMs / 1000),
  memoryMb: MEMORY_MB,
});
