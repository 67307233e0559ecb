import { execFile } from 'node:child_process';
import { findInterpreters } from '../../../src/drivers/sandbox/interpreters';
import { findIsolations, tryIsolation } from '../../../src/drivers/sandbox/open-sandbox';
import type { SandboxCommand, SandboxPort, SandboxRequest } from '../../../src/drivers/sandbox/sandbox.port';

/** What may be asked of this process, which holds the sandboxes as a server would: with secrets and open files of its own. */
export type Asked =
  | { kind: 'run'; isolation: string; request: SandboxRequest }
  | { kind: 'command'; isolation: string; request: SandboxCommand }
  | { kind: 'status'; isolation: string }
  | { kind: 'bare'; words: string[] };

export interface Answered {
  id: number;
  /** A `SandboxOutcome`, a `SandboxStatus`, or the standard output of a bare run. */
  value?: unknown;
  error?: { code: string | undefined; message: string };
}

const sandboxes = new Map<string, Promise<SandboxPort>>();

const open = async (name: string): Promise<SandboxPort> => {
  const isolation = findIsolations().isolations.find(({ engine, rights }) => `${engine}/${rights}` === name);
  if (isolation === undefined) throw new Error(`no isolation ${name}`);
  const sandbox = await tryIsolation(isolation, await findInterpreters());
  if (typeof sandbox === 'string') throw new Error(sandbox);
  return sandbox;
};

const sandboxOf = (name: string): Promise<SandboxPort> => {
  const sandbox = sandboxes.get(name) ?? open(name);
  sandboxes.set(name, sandbox);
  return sandbox;
};

const bare = ([program = '', ...words]: string[]): Promise<string> =>
  new Promise((resolve, reject) =>
    execFile(program, words, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message} ${stderr}`)) : resolve(stdout),
    ),
  );

const valueOf = async (asked: Asked): Promise<unknown> => {
  if (asked.kind === 'bare') return bare(asked.words);
  const sandbox = await sandboxOf(asked.isolation);
  if (asked.kind === 'status') return sandbox.status();
  return asked.kind === 'run' ? sandbox.run(asked.request) : sandbox.command(asked.request);
};

process.on('message', ({ id, asked }: { id: number; asked: Asked }) => {
  valueOf(asked).then(
    (value) => process.send?.({ id, value } satisfies Answered),
    (error: unknown) => {
      const { code, message } = error as Error & { code?: string };
      process.send?.({ id, error: { code, message } } satisfies Answered);
    },
  );
});
process.on('disconnect', () => process.exit());
