// The server as a child of a script: start, wait until ready, stop.
import { fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const START = fileURLToPath(new URL('../start.mjs', import.meta.url));
const READY_WITHIN_MS = 120_000;
const PORTS_TRIED = 50;

/** The port if it can be listened on, another free one for 0, else undefined. */
const claimable = (port, host) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host, exclusive: true }, () => {
      const { port: got } = probe.address();
      probe.close(() => resolve(got));
    });
  });

/** First free port from `wanted` upwards. */
export const freePort = async (wanted, host) => {
  for (let port = wanted; port < wanted + PORTS_TRIED; port++) {
    const got = await claimable(port, host);
    if (got !== undefined) return got;
  }
  return claimable(0, host);
};

/** Base URL at which a server listening on `host` is reached from here. */
export const addressOf = (host, port) => {
  const here = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${here.includes(':') ? `[${here}]` : here}:${port}`;
};

export class ChildServer {
  #child;
  #log;
  isStopping = false;
  /** Settles with the exit code, or the signal's name, once the server has ended. */
  ended;

  constructor(address, log, environment) {
    this.address = address;
    this.#log = log;
    try {
      mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new Error(
        `DATA_DIR: ${dirname(log)} cannot be made (${error.message}). Choose a folder that can be written.`,
      );
    }
    const file = openSync(log, 'w', 0o600);
    // A process group of its own: Ctrl-C reaches the server through us, once, and not through the terminal as well.
    this.#child = fork(START, {
      detached: true,
      env: { ...process.env, ...environment },
      stdio: ['ignore', file, file, 'ipc'],
    });
    closeSync(file);
    this.ended = new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve(signal ?? code)));
  }

  /** What the log has to say about a failure: warnings, errors and plain lines; the last of anything when there are none. */
  lastLines(count = 20) {
    const lines = readFileSync(this.#log, 'utf8').trimEnd().split('\n');
    const grave = lines.filter((line) => !/^\{"level":"(trace|debug|info)"/.test(line));
    return (grave.length > 0 ? grave : lines).slice(-count).join('\n');
  }

  /** Resolves when `/ready` answers 200. Fails with the server's last lines when it ends first or takes too long. */
  async ready() {
    let end;
    void this.ended.then((how) => (end = how));
    const deadline = Date.now() + READY_WITHIN_MS;
    while (end === undefined) {
      const answer = await fetch(`${this.address}/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > deadline) {
        const body = (await answer?.text()) ?? 'no answer';
        throw new Error(`${this.lastLines()}\n\nThe server was not ready within 2 minutes: ${body}`);
      }
      await sleep(50);
    }
    throw new Error(`${this.lastLines()}\n\nThe server could not start (${end}). Its whole log: ${this.#log}`);
  }

  /** Lets the server finish in order. Asking twice is asking once: a second signal would make it end at once. */
  async stop() {
    if (!this.isStopping) this.#signal('SIGTERM');
    this.isStopping = true;
    return this.ended;
  }

  /** Ends the server and everything it started, at once. */
  kill() {
    this.#signal('SIGKILL', -this.#child.pid);
  }

  #signal(signal, pid = this.#child.pid) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}
