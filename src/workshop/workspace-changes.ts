import { createHash } from 'node:crypto';
import type { CollectedFiles } from '../drivers/sandbox/sandbox.port';

/** Files of a workspace by path. */
export type WorkspaceFiles = Record<string, Uint8Array>;

export interface NewFile {
  path: string;
  bytes: Uint8Array;
  /** Hex. */
  sha256: string;
}

export interface Changes {
  /** New or with other bytes than before. */
  written: NewFile[];
  removed: NewFile[];
}

export const newFile = (path: string, bytes: Uint8Array): NewFile => ({
  path,
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** What a run did to the files it was given. One that could not be handed back was not removed by the run. */
export const changesBetween = (before: WorkspaceFiles, { files, leftOut }: CollectedFiles): Changes => {
  const missed = new Set(leftOut.map(({ path }) => path));
  const earlier = new Map(Object.entries(before));
  const isSame = (bytes: Uint8Array, old: Uint8Array | undefined): boolean =>
    old !== undefined && Buffer.compare(bytes, old) === 0;
  return {
    written: Object.entries(files)
      .filter(([path, bytes]) => !isSame(bytes, earlier.get(path)))
      .map(([path, bytes]) => newFile(path, bytes)),
    removed: [...earlier]
      .filter(([path]) => !Object.hasOwn(files, path) && !missed.has(path))
      .map(([path, bytes]) => newFile(path, bytes)),
  };
};
