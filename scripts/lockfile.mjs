// Completes package-lock.json with the packages that other platforms need (`npm run lockfile`, after changing dependencies).
//
// npm leaves an optional package out of the lockfile when the registry in use does not carry it, and `npm ci` then refuses
// that lockfile everywhere. What a lockfile entry needs is known without the registry: the version is the one its dependant
// asks for, and the platform is in the name. Nothing is added that npm would install here.
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const OS = { darwin: 'darwin', linux: 'linux', win32: 'win32', windows: 'win32', android: 'android' };
Object.assign(OS, { freebsd: 'freebsd', openharmony: 'openharmony' });
const PLATFORM = /-(darwin|linux|win32|windows|android|freebsd|openharmony)-([a-z0-9]+)(?:-([a-z]+))?$/;

/** Optional dependencies that no entry of the lockfile provides, as `[dependant's path, name, range]`. */
export const missingOptionals = (packages) =>
  Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => {
        for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
          if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return false;
          if (at === '') return true;
        }
      })
      .map(([name, range]) => [path, name, range]),
  );

const entryFor = (dependant, name, range) => {
  const [, os, cpu, abi = ''] = PLATFORM.exec(name) ?? [];
  if (os === undefined || !/^\d+\.\d+\.\d+/.test(range)) {
    throw new Error(`${name}@${range}: its platform or version cannot be told. Add it to package-lock.json by hand.`);
  }
  const libc = os === 'linux' && { musl: ['musl'], gnu: ['glibc'] }[abi];
  return {
    version: range,
    cpu: [cpu],
    ...(dependant.dev && { dev: true }),
    ...(libc && { libc }),
    license: dependant.license,
    optional: true,
    os: [OS[os]],
  };
};

const complete = () => {
  const text = readFileSync(FILE, 'utf8');
  const lock = JSON.parse(text);
  const missing = missingOptionals(lock.packages);
  for (const [path, name, range] of missing) {
    lock.packages[`node_modules/${name}`] = entryFor(lock.packages[path], name, range);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  if (missing.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} packages of other platforms added.`);
};

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) complete();
