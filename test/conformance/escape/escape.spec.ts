import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findIsolations } from '../../../src/drivers/sandbox/open-sandbox';
import type { SandboxOutcome } from '../../../src/drivers/sandbox/sandbox.port';
import { eventually } from '../../support/eventually';
import { ATTEMPTED, Attacks, type Told } from './attacks';
import { BOMBS } from './bombs';
import { COLLECT, LEAVINGS } from './leavings';
import { Machine, answers } from './machine';
import { ATTEMPTS, ServerProcess, asUser } from './server-process';

/** `nobody`: an ordinary user of every distribution. */
const NOBODY = 65_534;
const PYTHON = '/usr/bin/python3';
const ME = process.getuid?.() ?? -1;
const users = process.platform !== 'linux' ? [] : ME === 0 ? [0, NOBODY] : [ME];

/** As many runs at a time as keep the machine busy, while most of them wait. */
const AT_ONCE = 10;

const readable = (uid: number): boolean =>
  [
    [process.execPath, '-e', `require(${JSON.stringify(join(process.cwd(), 'package.json'))}).name`],
    [PYTHON, '-c', ''],
  ].every((words) => {
    const [program = '', ...more] = [...asUser(uid), ...words];
    return spawnSync(program, more).status === 0;
  });

const processesWith = (marks: string[]): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      const line = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
      return marks.some((mark) => line.includes(mark));
    } catch {
      return false;
    }
  });

const databases = (): Promise<boolean[]> => Promise.all([answers(5432), answers(6379)]);

/** Starts everything, a few at a time; each is waited for, or fails, where it is asked for. */
const startAll = <T>(jobs: (() => Promise<T>)[]): Promise<T>[] => {
  const begun: Promise<unknown>[] = [];
  return jobs.map((job, index) => {
    const turn = index < AT_ONCE ? Promise.resolve() : begun[index - AT_ONCE];
    const result = Promise.resolve(turn).then(job);
    begun.push(result.catch(() => undefined));
    return result;
  });
};

describe.each(users)('attempts to escape from a server that runs as user %i', (uid) => {
  let machine: Machine;
  let server: ServerProcess;
  let before: boolean[];
  beforeAll(async () => {
    if (!readable(uid)) {
      throw new Error(
        `User ${uid} cannot read this project, Node or ${PYTHON}: make them readable, or run this as an ordinary user.`,
      );
    }
    machine = await Machine.start(uid);
    server = ServerProcess.start(machine, uid, PYTHON);
    before = await databases();
  });
  afterAll(() => {
    server.stop();
    machine.dispose();
  });

  describe('without a sandbox', () => {
    it.each(ATTEMPTED.filter(({ harmless }) => harmless))('it is possible to $name', async ({ name, file }) => {
      const words = [PYTHON, join(ATTEMPTS, file), machine.facts(server.pid, 'no mark'), name];
      const told = JSON.parse(await server.bare(words)) as Told;
      expect(told[name]).toEqual({ managed: expect.any(String) });
    });

    it('and it is noticed', () => {
      expect([...new Set(machine.takeEffects())].sort()).toEqual([
        'a datagram came',
        'the UNIX socket was reached',
        'the abstract socket was reached',
        'the server was reached',
        'written was written',
      ]);
    });
  });

  const isolations = findIsolations(uid).isolations.map(({ engine, rights, filter }) => ({
    name: `${engine}/${rights}`,
    filtered: filter !== undefined,
  }));

  describe.each(isolations)('in a sandbox of $name', ({ name: isolation, filtered }) => {
    let attacks: Attacks;
    const programs = new Map<string, Promise<SandboxOutcome>>();
    beforeAll(() => {
      attacks = new Attacks(machine, server, isolation);
      const files = [...new Set(ATTEMPTED.map(({ file }) => file))];
      const runs = startAll([
        ...files.map((file) => () => attacks.program(file)),
        ...BOMBS.map((bomb) => () => attacks.bomb(bomb)),
        ...LEAVINGS.map((leaving) => () => attacks.leave(leaving)),
      ]);
      for (const run of runs) run.catch(() => undefined);
      const names = [...files, ...BOMBS.map(({ name }) => name), ...LEAVINGS.map(({ name }) => name)];
      names.forEach((name, index) => programs.set(name, runs[index]!));
    });

    /** The outcome of a run; nothing that it says holds the secret. */
    const outcomeOf = async (name: string): Promise<SandboxOutcome> => {
      const outcome = await programs.get(name)!;
      expect(outcome.stderr).not.toContain(machine.secret);
      return outcome;
    };

    it.each(ATTEMPTED.filter((attempt) => filtered || !attempt.filtered))(
      'nothing can $name',
      async ({ name, file }) => {
        const outcome = await outcomeOf(file);
        expect(outcome).toMatchObject({ exitCode: 0, truncated: false });
        expect((JSON.parse(outcome.stdout) as Told)[name]).toEqual({ refused: expect.any(String) });
      },
      120_000,
    );

    it('what only a filter of system calls could refuse is told as a weakness', async () => {
      const { weaknesses = [] } = await server.status(isolation);
      if (filtered) expect(weaknesses).toEqual([]);
      else expect(weaknesses.join()).toMatch(/no filter of system calls.*keyrings/);
    });

    it.each(BOMBS)(
      'is stopped: $name',
      async ({ name, ends, says }) => {
        const { limit, stdout, stderr } = await outcomeOf(name);
        expect(ends).toContain(limit);
        if (limit === undefined && says) expect(`${stdout}${stderr}`).toMatch(says);
        expect(Buffer.byteLength(stdout)).toBeLessThan(20_000);
        expect(stdout).not.toContain(machine.secret);
      },
      120_000,
    );

    it.each(LEAVINGS)(
      'is not taken for files: $name',
      async ({ name, files, reasons = [] }) => {
        const { collected, limit } = await outcomeOf(name);
        // A run that was ended by force hands nothing back.
        if (collected === undefined) {
          expect(limit).toBeDefined();
          return;
        }
        const found = Object.entries(collected.files).filter(([path]) => path !== 'main.py');
        const sizes = found.map(([path, bytes]) => [path, bytes.length] as const);
        expect(sizes.length).toBeLessThanOrEqual(COLLECT.files);
        expect(sizes.reduce((sum, [, size]) => sum + size, 0)).toBeLessThanOrEqual(COLLECT.totalBytes);
        if (files) expect(Object.fromEntries(sizes)).toEqual(files);
        const given = new Set(collected.leftOut.map(({ reason }) => reason));
        for (const reason of reasons) expect(given).toContain(reason);
        expect(found.map(([, bytes]) => Buffer.from(bytes).toString('latin1')).join()).not.toContain(machine.secret);
      },
      120_000,
    );

    it('afterwards nothing was reached, changed or left running', async () => {
      await Promise.allSettled(programs.values());
      await eventually('the end of every process', () =>
        processesWith(attacks.marks).length === 0 ? true : undefined,
      );
      expect(machine.takeEffects()).toEqual([]);
      expect(server.alive).toBe(true);
    }, 120_000);

    it('and the host works as before', async () => {
      const { stdout } = await server.command(isolation, { name: 'echo', args: ['well'] });
      expect(stdout).toBe('well\n');
      expect(await databases()).toEqual(before);
    });
  });
});
