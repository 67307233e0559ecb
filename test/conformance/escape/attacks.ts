import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxOutcome, SandboxRequest } from '../../../src/drivers/sandbox/sandbox.port';
import { BOMB_LIMITS, type Bomb } from './bombs';
import { COLLECT, type Leaving } from './leavings';
import type { Machine } from './machine';
import { ATTEMPTS, type ServerProcess } from './server-process';

const source = (name: string): string => readFileSync(join(ATTEMPTS, name), 'utf8');

export interface Attempt {
  name: string;
  /** Its program, a file of `attempts/`. */
  file: string;
  /** May be made without a sandbox, where it succeeds. */
  harmless: boolean;
  /** Only a filter of system calls stops it; it has no effect outside by itself. */
  filtered: boolean;
}

/** The attempts of each program, by the words that register them there. */
export const ATTEMPTED: Attempt[] = ['reading.py', 'reaching.py', 'rising.py', 'javascript.cjs'].flatMap((file) =>
  [...source(file).matchAll(/^@?attempt\((["'])(.+?)\1(.*)$/gm)].map(([, , name = '', rest = '']) => ({
    ...{ name, file },
    harmless: rest.includes('harmless=True'),
    filtered: rest.includes('filtered=True'),
  })),
);

/** By name of the attempt. */
export type Told = Record<string, { managed?: string; refused?: string }>;

/** Makes attempts in one of a server's sandboxes. */
export class Attacks {
  /** Each occurs in the command line of every process of one run. */
  readonly marks: string[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly server: ServerProcess,
    /** Engine and rights, as `bubblewrap/user`. */
    private readonly isolation: string,
  ) {}

  program(file: string): Promise<SandboxOutcome> {
    return this.run({
      runtime: file.endsWith('.cjs') ? 'javascript' : 'python',
      files: { [file]: source(file), 'attempting.py': source('attempting.py') },
      entry: file,
      limits: { wallMs: 120_000, cpuSeconds: 60 },
    });
  }

  bomb({ python, javascript, shell, stdin, limits }: Bomb): Promise<SandboxOutcome> {
    const surroundings = { limits: { ...BOMB_LIMITS, ...limits }, ...(stdin !== undefined && { stdin }) };
    if (shell !== undefined) {
      const args = ['-c', shell, this.facts()];
      return this.server.command(this.isolation, { name: 'sh', args, ...surroundings });
    }
    return this.run({
      runtime: python === undefined ? 'javascript' : 'python',
      files: { program: python ?? javascript ?? '' },
      entry: 'program',
      ...surroundings,
    });
  }

  leave({ python }: Leaving): Promise<SandboxOutcome> {
    return this.run({
      runtime: 'python',
      files: { 'main.py': python },
      entry: 'main.py',
      limits: { ...BOMB_LIMITS, cpuSeconds: 30 },
      collect: COLLECT,
    });
  }

  private run(request: SandboxRequest): Promise<SandboxOutcome> {
    return this.server.run(this.isolation, { ...request, args: [this.facts()] });
  }

  private facts(): string {
    const mark = `mark-${this.server.pid}-${this.isolation}-${this.marks.length}-end`;
    this.marks.push(mark);
    return this.machine.facts(this.server.pid, mark);
  }
}
