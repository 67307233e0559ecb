import { Injectable } from '@nestjs/common';
import type { Assignment } from '../../contracts/arm';
import type { ExecutionRequest } from '../../contracts/direct';
import type { CollectedFiles, SandboxLimits, SandboxOutcome, SandboxRequest } from '../../drivers/sandbox/sandbox.port';
import { SandboxPort } from '../../drivers/sandbox/sandbox.port';
import { SyntaxPort } from '../../drivers/syntax/syntax.port';
import { WORKSPACE_LIMITS, Workspaces } from '../../workshop/workspaces.service';
import type { ProgramRuntime } from './order';
import { type Made, fromFault, fromSandbox } from './replies';

/** Something to start in the sandbox. */
export type Start =
  | { kind: 'program'; runtime: ProgramRuntime; source: string; args: string[]; stdin?: string }
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
interface Entry {
  path: string;
  bytes: Uint8Array;
}

/** As the contract has it. */
const MEMORY_MB = 512;
/** Threads count as processes, and V8 needs a dozen for itself. */
const PROCESSES = { python: 10, command: 10, javascript: 64 };
const EXTENSIONS = { python: 'py', javascript: 'js' } as const;
/** What an interpreter leaves beside the files it reads is not what anybody made. */
const TIDY = { PYTHONDONTWRITEBYTECODE: '1' };

/** A name for the program that no file of the workspace has. */
const entryName = (files: Files, extension: string): string => {
  const names = ['main', ...Array.from({ length: 200 }, (_, index) => `main-${index + 1}`)];
  return (
    names.map((name) => `${name}.${extension}`).find((name) => !Object.hasOwn(files, name)) ?? `.main.${extension}`
  );
};

/** The program itself is not among the files of the workspace, unless the run made something else of it. */
const withoutEntry = (collected: CollectedFiles, entry: Entry | undefined): CollectedFiles => {
  if (entry === undefined) return collected;
  const isOurs = ([path, bytes]: [string, Uint8Array]): boolean =>
    path === entry.path && Buffer.compare(bytes, entry.bytes) === 0;
  const files = Object.fromEntries(Object.entries(collected.files).filter((file) => !isOurs(file)));
  return { ...collected, files };
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
      files: { ...files, ...(entry && { [entry.path]: entry.bytes }) },
      env: { ...TIDY, ...request.env },
      ...(request.cwd !== undefined && { cwd: request.cwd }),
      ...(run.mayWrite && { collect: { ...WORKSPACE_LIMITS, files: WORKSPACE_LIMITS.files + 1 } }),
      signal,
      limits: limitsOf(start, run.wallMs),
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
    const { source, args, stdin } = start;
    const runtime: SandboxRequest['runtime'] = start.runtime === 'python' ? 'python' : 'javascript';
    let code = source;
    if (start.runtime === 'typescript') {
      const transpiled = await this.syntax.transpile(source, signal);
      if ('fault' in transpiled) return { made: fromFault(transpiled.fault, 'main.ts') };
      code = transpiled.code;
    }
    const entry = { path: entryName(files, EXTENSIONS[runtime]), bytes: Buffer.from(code) };
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

const bytesOf = (files: Record<string, string>): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));

const limitsOf = (start: Start, wallMs: number): Partial<SandboxLimits> => ({
  wallMs,
  cpuSeconds: Math.ceil(wallMs / 1000),
  memoryMb: MEMORY_MB,
  processes:
    start.kind === 'command' ? PROCESSES.command : PROCESSES[start.runtime === 'python' ? 'python' : 'javascript'],
});
