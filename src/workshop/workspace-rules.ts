import { posix } from 'node:path';
import { UserError } from '../common/errors';
import { storableText } from '../common/storable';
import type { CollectLimits, CollectedFiles } from '../drivers/sandbox/sandbox.port';

export const MEGABYTE = 1024 * 1024;
/** What a workspace may hold. */
export const LIMITS: CollectLimits = { files: 100, fileBytes: 10 * MEGABYTE, totalBytes: 50 * MEGABYTE };
/** Bytes of a path. File systems take 255 for each name in it; a database column and a header take this without a thought. */
const LONGEST_PATH = 240;

const CONTROL = /\p{Cc}/u;
/** Its settings name programs that git then runs, also for whoever may only look. */
const REPOSITORY = '.git';

/** Whether a file may lie there: a relative path in its shortest form, of characters that can be stored and shown. */
export const isWorkspacePath = (path: string): boolean =>
  path !== '' &&
  Buffer.byteLength(path) <= LONGEST_PATH &&
  !CONTROL.test(path) &&
  !path.includes('\\') &&
  storableText(path) === path &&
  !posix.isAbsolute(path) &&
  !path.endsWith('/') &&
  posix.normalize(path) === path &&
  path !== '.' &&
  path.split('/')[0] !== '..' &&
  !path.split('/').some((name) => name.toLowerCase() === REPOSITORY);

const refused = (message: string): UserError =>
  new UserError('validation_error', message, { details: { field: 'files' } });
const megabytes = (bytes: number): number => bytes / MEGABYTE;

const foldersOf = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, names) => names.slice(0, index + 1).join('/'));

/**
 * Holds the files a workspace is to have against its bounds; `sizes` are their bytes by path.
 * Errors: `UserError` `validation_error`.
 */
export const assertFits = (sizes: ReadonlyMap<string, number>): void => {
  let total = 0;
  for (const [path, size] of sizes) {
    if (!isWorkspacePath(path)) {
      throw refused(
        `files: ${JSON.stringify(path.slice(0, LONGEST_PATH))} is no path of a workspace; use a relative path with '/', without '..' and '.git', of at most ${LONGEST_PATH} bytes.`,
      );
    }
    const folder = foldersOf(path).find((name) => sizes.has(name));
    if (folder !== undefined) {
      throw refused(`files: '${folder}' is a file, so '${path}' cannot lie in it; rename one of them.`);
    }
    if (size > LIMITS.fileBytes) {
      throw refused(`files: '${path}' is larger than ${megabytes(LIMITS.fileBytes)} MB; split it or leave it out.`);
    }
    total += size;
  }
  if (sizes.size > LIMITS.files) {
    throw refused(`files: a workspace holds ${LIMITS.files} files and not ${sizes.size}; pack some into one.`);
  }
  if (total > LIMITS.totalBytes) {
    throw refused(`files: a workspace holds ${megabytes(LIMITS.totalBytes)} MB in all; leave some of its files out.`);
  }
};

type LeftOut = CollectedFiles['leftOut'][number];

/** What of the files a run has left may be kept; the others are told with those that the sandbox left out itself. */
export const admitted = (collected: CollectedFiles): CollectedFiles => {
  const kept: [path: string, bytes: Uint8Array][] = [];
  const leftOut: LeftOut[] = [...collected.leftOut];
  let total = 0;
  for (const [path, bytes] of Object.entries(collected.files)) {
    const reason = objectionTo(path, bytes.byteLength, { files: kept.length, total });
    if (reason === undefined) {
      kept.push([path, bytes]);
      total += bytes.byteLength;
    } else {
      leftOut.push({ path, reason });
    }
  }
  return { files: Object.fromEntries(kept), leftOut };
};

const objectionTo = (
  path: string,
  size: number,
  kept: { files: number; total: number },
): LeftOut['reason'] | undefined => {
  if (!isWorkspacePath(path)) return 'bad_name';
  if (size > LIMITS.fileBytes || kept.total + size > LIMITS.totalBytes) return 'too_large';
  return kept.files < LIMITS.files ? undefined : 'too_many';
};
