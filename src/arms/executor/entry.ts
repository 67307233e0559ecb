import type { CollectedFiles, SandboxRequest } from '../../drivers/sandbox/sandbox.port';

/** A program as it lies among the files of a workspace. */
export interface Entry {
  path: string;
  /** With what has to lie beside it. */
  files: Record<string, Uint8Array>;
}

/** Files of an entry at most. */
export const MOST_OWN = 2;

const EXTENSIONS = { python: 'py', javascript: 'js' } as const;

/** The first of `name`, `name-1`, … that is neither a file nor a folder. */
const freeName = (name: string, extension: string, beside: Record<string, Uint8Array>): string => {
  const taken = new Set(Object.keys(beside).map((path) => path.split('/', 1)[0]));
  let free = `${name}${extension}`;
  for (let next = 1; taken.has(free); next += 1) free = `${name}-${next}${extension}`;
  return free;
};

/**
 * Where the program is put. Interpreters look for modules in the folder of the program first: one that is apart has a folder of
 * its own, and nothing beside it can pass for a module or change how it is read.
 */
export const entryFor = (
  runtime: SandboxRequest['runtime'],
  code: string,
  { beside, isApart }: { beside: Record<string, Uint8Array>; isApart: boolean },
): Entry => {
  const bytes = Buffer.from(code);
  const extension = `.${EXTENSIONS[runtime]}`;
  if (!isApart) {
    const path = freeName('main', extension, beside);
    return { path, files: { [path]: bytes } };
  }
  const folder = freeName('.tool', '', beside);
  const path = `${folder}/main${extension}`;
  // Node reads a program as the nearest of these says.
  const nearest = runtime === 'javascript' && { [`${folder}/package.json`]: Buffer.from('{}') };
  return { path, files: { [path]: bytes, ...nearest } };
};

/** What a run has left is without its program, unless it made something else of it. */
export const withoutEntry = (collected: CollectedFiles, entry: Entry | undefined): CollectedFiles => {
  if (entry === undefined) return collected;
  const isOurs = ([path, bytes]: [string, Uint8Array]): boolean => {
    const own = Object.hasOwn(entry.files, path) ? entry.files[path] : undefined;
    return own !== undefined && Buffer.compare(bytes, own) === 0;
  };
  const isNamed = ({ path }: CollectedFiles['leftOut'][number]): boolean => Object.hasOwn(entry.files, path);
  return {
    files: Object.fromEntries(Object.entries(collected.files).filter((file) => !isOurs(file))),
    leftOut: collected.leftOut.filter((one) => !isNamed(one)),
  };
};
