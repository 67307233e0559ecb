import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type {
  SandboxCommand,
  SandboxOutcome,
  SandboxRequest,
  SandboxStatus,
} from '../../../src/drivers/sandbox/sandbox.port';
import type { Machine } from './machine';
import type { Answered, Asked } from './sandbox-host';

const PROJECT = join(__dirname, '../../..');
export const ATTEMPTS = join(__dirname, 'attempts');

/** Runs what follows as another user, without any group of the old one. */
export const asUser = (uid: number): string[] =>
  uid === process.getuid?.() ? [] : ['/usr/bin/setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];

/** A process in the place of the server, as a user and with canaries in its environment, descriptors and keys. */
export class ServerProcess {
  private readonly waiting = new Map<number, (answer: Answered) => void>();
  private nextId = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: Answered) => {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    child.on('exit', (code, signal) => {
      const error = { code: undefined, message: `the server's process ended: ${code ?? signal}` };
      for (const [id, answer] of this.waiting) answer({ id, error });
      this.waiting.clear();
    });
  }

  static start(machine: Machine, uid: number, python: string): ServerProcess {
    const [program = '', ...words] = [
      ...asUser(uid),
      ...[python, join(ATTEMPTS, 'launch.py'), machine.descriptorFile, machine.secret],
      ...[process.execPath, '--require', './scripts/swc-register.cjs', join(__dirname, 'sandbox-host.ts')],
    ];
    const child = spawn(program, words, {
      cwd: PROJECT,
      env: {
        ...{ PATH: process.env['PATH'], HOME: join(machine.folder, 'home'), PYTHONDONTWRITEBYTECODE: '1' },
        ESCAPE_CANARY: machine.secret,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    return new ServerProcess(child);
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  run(isolation: string, request: SandboxRequest): Promise<SandboxOutcome> {
    return this.ask({ kind: 'run', isolation, request }) as Promise<SandboxOutcome>;
  }

  command(isolation: string, request: SandboxCommand): Promise<SandboxOutcome> {
    return this.ask({ kind: 'command', isolation, request }) as Promise<SandboxOutcome>;
  }

  status(isolation: string): Promise<SandboxStatus> {
    return this.ask({ kind: 'status', isolation }) as Promise<SandboxStatus>;
  }

  /** Standard output of a command without any sandbox. */
  bare(words: string[]): Promise<string> {
    return this.ask({ kind: 'bare', words }) as Promise<string>;
  }

  stop(): void {
    this.child.disconnect();
  }

  private async ask(asked: Asked): Promise<unknown> {
    const id = (this.nextId += 1);
    const answer = await new Promise<Answered>((resolve) => {
      this.waiting.set(id, resolve);
      if (this.alive) this.child.send({ id, asked });
      else resolve({ id, error: { code: undefined, message: "the server's process is dead" } });
    });
    if (answer.error) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    return answer.value;
  }
}
