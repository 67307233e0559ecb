import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Lockfile {
  packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> } | undefined>;
}

const { packages } = JSON.parse(readFileSync(resolve(__dirname, '../../package-lock.json'), 'utf8')) as Lockfile;

describe('package-lock.json', () => {
  it('knows the packages of every platform, or `npm ci` refuses it (mend with `npm run lockfile`)', () => {
    const known = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
    const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry?.optionalDependencies ?? {}));
    expect(wanted.filter((name) => !known.has(name))).toEqual([]);
  });

  it('names no registry, so that everybody can use their own', () => {
    expect(Object.entries(packages).filter(([, entry]) => entry?.resolved !== undefined)).toEqual([]);
  });
});
