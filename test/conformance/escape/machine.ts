import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { hostname, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

const listening = (server: Server, at: { port: number; host: string } | { path: string }): Promise<Server> =>
  new Promise((resolve, reject) => server.once('error', reject).listen(at, () => resolve(server)));

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Whether somebody takes connections there. */
export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/**
 * The host's side of every attempt: things that hold a secret and must not be read, reached or changed. What is reached
 * remembers it; what is read gives the secret away.
 */
export class Machine {
  readonly secret = `canary-${randomBytes(16).toString('hex')}`;
  readonly folder = mkdtempSync(join(tmpdir(), 'octollm-escape-'));
  readonly descriptorFile = join(this.folder, 'descriptor');
  private readonly abstract = `octollm-escape-${randomBytes(6).toString('hex')}`;
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly datagrams: Datagrams = createSocket('udp4');
  private readonly seconds = `86399.${randomBytes(3).readUIntBE(0, 3)}`;
  /** A process of the same user as the server, to be looked at, traced and signalled. */
  private readonly sibling: ChildProcess;
  private reached: string[] = [];
  private knocking: NodeJS.Timeout | undefined;
  private port = 0;
  private freePort = 0;

  private constructor(uid: number) {
    // Whoever is not let in by the sandbox alone is let in by nothing else: everybody may read and write here.
    for (const name of ['data', 'home', 'home/.ssh', 'open-to-all']) mkdirSync(join(this.folder, name));
    for (const name of ['data/canary', 'home/.ssh/id_ed25519', 'descriptor']) {
      writeFileSync(join(this.folder, name), `${this.secret}\n`, { mode: 0o644 });
    }
    chmodSync(this.folder, 0o755);
    chmodSync(join(this.folder, 'open-to-all'), 0o777);
    const user = uid === process.getuid?.() ? {} : { uid, gid: uid };
    this.sibling = spawn('/usr/bin/sleep', [this.seconds], { stdio: 'ignore', ...user });
  }

  /** @param uid user that the server runs as */
  static async start(uid: number): Promise<Machine> {
    const machine = new Machine(uid);
    await machine.listen();
    return machine;
  }

  /** What a program is told, so that it need not search. Not the secret. */
  facts(server: number, mark: string): string {
    return JSON.stringify({
      ...{ mark, server, folder: this.folder, project: process.cwd(), hostname: hostname() },
      ...{ port: this.port, freePort: this.freePort, abstract: this.abstract },
      addresses: Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ internal, scopeid }) => !internal && !scopeid)
        .map(({ address }) => address),
      sibling: { pid: this.sibling.pid, seconds: this.seconds },
      oomScore: Number(readFileSync(`/proc/${server}/oom_score_adj`, 'utf8')),
      serverGroups: [server, process.pid, process.ppid].map((pid) =>
        Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]),
      ),
    });
  }

  /** What was reached or changed since the last call. */
  takeEffects(): string[] {
    const written = readdirSync(join(this.folder, 'open-to-all'));
    for (const name of written) rmSync(join(this.folder, 'open-to-all', name));
    const harmed = ['data/canary', 'home/.ssh/id_ed25519', 'descriptor'].filter(
      (name) => readFileSync(join(this.folder, name), 'utf8') !== `${this.secret}\n`,
    );
    const dead = this.sibling.exitCode !== null || this.sibling.signalCode !== null;
    const effects = [
      ...this.reached,
      ...written.map((name) => `${name} was written`),
      ...harmed.map((name) => `${name} was changed`),
      ...(dead ? ['a process was ended'] : []),
    ];
    this.reached = [];
    return effects;
  }

  dispose(): void {
    clearInterval(this.knocking);
    this.sibling.kill('SIGKILL');
    for (const socket of this.sockets) socket.destroy();
    for (const server of this.servers) server.close();
    this.datagrams.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private canary(what: string): Server {
    return createServer((socket) => {
      this.reached.push(`${what} was reached`);
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
      socket.end(this.secret);
    });
  }

  private async listen(): Promise<void> {
    const network = await listening(this.canary('the server'), { port: 0, host: '::' });
    this.port = portOf(network);
    const file = await listening(this.canary('the UNIX socket'), { path: join(this.folder, 'socket') });
    chmodSync(join(this.folder, 'socket'), 0o777);
    const abstract = await listening(this.canary('the abstract socket'), { path: `\0${this.abstract}` });
    const free = await listening(createServer(), { port: 0, host: '127.0.0.1' });
    this.freePort = portOf(free);
    await new Promise((resolve) => free.close(resolve));
    this.servers.push(network, file, abstract);
    this.datagrams.on('message', (_data, { port, address }) => {
      this.reached.push('a datagram came');
      this.datagrams.send(this.secret, port, address);
    });
    await new Promise<void>((resolve) => this.datagrams.bind(this.port, '0.0.0.0', resolve));
    this.knocking = setInterval(() => {
      void answers(this.freePort).then((open) => open && this.reached.push('a program listens on the host'));
    }, 250);
  }
}
