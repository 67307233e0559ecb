// A lock between processes, held as a file. Survives owners that died and needs nothing but the file system.
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 2_000;
const SILENT_MS = 20_000;
const ABANDONED_MS = 600_000;

const unless = (code, action) => {
  try {
    return action();
  } catch (error) {
    if (error.code !== code) throw error;
    return undefined;
  }
};

const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * What is written in the lock of a dead owner. The first line names the machine; the others the owner's process and those it
 * started, which may outlive it and go on with the work. The long silence is for a process number that has come up again.
 */
const deadOwner = (file) =>
  unless('ENOENT', () => {
    const owner = readFileSync(file, 'utf8');
    const silentMs = Date.now() - statSync(file).mtimeMs;
    const [host, ...pids] = owner.trimEnd().split('\n');
    const isHere = host === hostname();
    const mayLive = isHere && pids.some((pid) => isRunning(Number(pid)));
    const isDead = mayLive ? silentMs > ABANDONED_MS : isHere || silentMs > SILENT_MS;
    return isDead ? owner : undefined;
  });

/** Moves a dead owner's file away. Puts it back when another process was faster and the file is already a new owner's. */
const bury = (file, owner) => {
  const grave = `${file}.${process.pid}`;
  unless('ENOENT', () => {
    renameSync(file, grave);
    if (readFileSync(grave, 'utf8') !== owner) unless('EEXIST', () => linkSync(grave, file));
    rmSync(grave, { force: true });
  });
};

/**
 * Runs `work` while this process alone holds `file`. `onWait` is called once if another process has to be waited for.
 * `work` is given a function to name a process it starts: until that has ended too, nobody else gets the lock.
 */
export const withLock = async (file, onWait, work) => {
  mkdirSync(dirname(file), { recursive: true });
  const me = `${hostname()}\n${process.pid}\n`;
  const claim = () => unless('EEXIST', () => (writeFileSync(file, me, { flag: 'wx' }), true));
  for (let waits = 0; claim() !== true; waits++) {
    const owner = deadOwner(file);
    if (owner !== undefined) bury(file, owner);
    else {
      if (waits === 0) onWait();
      await sleep(100);
    }
  }
  const beat = setInterval(() => unless('ENOENT', () => utimesSync(file, new Date(), new Date())), BEAT_MS);
  try {
    return await work((pid) => appendFileSync(file, `${pid}\n`));
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
};
