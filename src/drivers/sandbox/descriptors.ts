import { mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLOSE_ON_EXEC = 0o2000000;

const survivesExec = (descriptor: string): boolean => {
  try {
    const flags = /^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    return false;
  }
};

let empty: number | undefined;

/** /dev/null, open for reading. */
export const nothing = (): number => (empty ??= openSync('/dev/null', 'r'));

let inherited: number[] | undefined;

/**
 * `stdio` entries from descriptor `first` on that put /dev/null over everything this process was itself started with. Node opens
 * its own descriptors so that children do not get them; what a careless parent left open (a folder, a socket) would otherwise
 * reach the program.
 */
export const coverInherited = (first: number): ('ignore' | number)[] => {
  const open = (inherited ??= readdirSync('/proc/self/fd').filter(survivesExec).map(Number));
  return Array.from({ length: Math.max(0, Math.max(0, ...open) + 1 - first) }, (_, index) =>
    open.includes(index + first) ? nothing() : 'ignore',
  );
};

const nameless = (bytes: Uint8Array): number => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  try {
    writeFileSync(join(folder, 'bytes'), bytes);
    return openSync(join(folder, 'bytes'), 'r');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const files = new WeakMap<Uint8Array, number>();

/** A new descriptor, to be closed by the caller, that reads `bytes` from their start: of a file without a name, made once. */
export const openToRead = (bytes: Uint8Array): number => {
  const file = files.get(bytes) ?? nameless(bytes);
  files.set(bytes, file);
  return openSync(`/proc/self/fd/${file}`, 'r');
};
