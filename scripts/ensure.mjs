// Brings a clone up to date and does nothing more: installs packages, generates the database client, builds `dist`.
//
// Runs before anything is installed, so it uses Node alone. Each part has a stamp in node_modules/.octollm holding the hash
// of everything the part was made from; a stamp is written last, so that a part that was interrupted is simply done again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { isInstalled, isIntact } from './lib/packages.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const GENERATED = 'src/drivers/database/generated';

const stampFile = (part) => join(root, 'node_modules/.octollm', part);
const readIf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const filesIn = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]));

const hashOf = (files, ...texts) => {
  const hash = createHash('sha256').update(JSON.stringify(texts));
  for (const file of files) hash.update(`\0${file}\0`).update(readIf(join(root, file)));
  return hash.digest('hex');
};

const versionOf = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/** npm's own script when npm started us, so that the same npm is used; else the `npm` on the path. */
const npm = () => {
  const script = process.env.npm_execpath ?? '';
  return basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm'];
};

// Said on the command line because it wins over npm_config_* variables and every .npmrc.
const NPM_CI =
  'ci --include=dev --include=optional --include=peer --ignore-scripts --no-audit --no-fund --no-progress --no-dry-run --no-global --location=project --install-strategy=hoisted'.split(
    ' ',
  );

/** What each part is made from, whether it is there, and how it is made. In this order: each rests on those before. */
const parts = [
  {
    name: 'packages',
    doing: 'Installing packages, which takes about a minute…',
    done: 'Installed packages',
    key: () => hashOf(['package-lock.json', 'node_modules/.package-lock.json'], process.platform, process.arch),
    isThere: () => isIntact(root),
    // An installation somebody else made is as good as ours.
    adopt: () => isInstalled(root) && isIntact(root),
    command: () => [...npm(), ...NPM_CI],
  },
  {
    name: 'client',
    done: 'Generated the database client',
    key: () => hashOf([...filesIn('prisma/schema'), 'prisma.config.ts'], versionOf('prisma')),
    isThere: () => existsSync(join(root, GENERATED, 'client.ts')),
    command: () => [process.execPath, join(root, 'node_modules/prisma/build/index.js'), 'generate'],
    // `generate` never calls the schema engine but downloads it, unless it is told of any executable to take for it.
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  },
  {
    name: 'build',
    done: 'Built the server',
    key: () =>
      hashOf(
        [...filesIn('src').filter((file) => !file.endsWith('.spec.ts')), 'nest-cli.json', '.swcrc', 'tsconfig.json'],
        versionOf('@swc/core'),
        versionOf('@swc/cli'),
        versionOf('@nestjs/cli'),
      ),
    isThere: () => existsSync(join(root, 'dist/main.js')),
    command: () => [process.execPath, join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build'],
  },
];

const run = ([program, ...args], env, started) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
    });
    if (child.pid !== undefined) started(child.pid);
    const stop = (signal) => {
      child.kill('SIGKILL');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.once('close', () => process.off('SIGINT', stop).off('SIGTERM', stop));
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => reject(new Error(`${program} could not be started: ${error.message}.`)));
    child.on('close', (code, signal) =>
      code === 0
        ? resolve()
        : reject(
            new Error(
              `${Buffer.concat(output).toString().trim()}\n\n${[program, ...args].join(' ')} ended with ${signal ?? code}.`,
            ),
          ),
    );
  });

const isCurrent = (part) => {
  try {
    return readIf(stampFile(part.name)) === part.key() && part.isThere();
  } catch {
    // Something it is made from is missing or half written: an earlier part has to be done first.
    return false;
  }
};

const stamp = (part) => {
  mkdirSync(dirname(stampFile(part.name)), { recursive: true });
  writeFileSync(stampFile(part.name), part.key());
};

const bring = async (part, started) => {
  if (isCurrent(part)) return;
  if (part.adopt?.() !== true) {
    const start = Date.now();
    if (part.doing !== undefined) console.error(part.doing);
    rmSync(stampFile(part.name), { force: true });
    await run(part.command(), part.env, started);
    if (!part.isThere())
      throw new Error(`${part.done}, but the result is not there. Remove node_modules and try again.`);
    console.error(`${part.done} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  }
  stamp(part);
};

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node ${process.versions.node} is too old: OctoLLM needs Node 20.19 or newer (https://nodejs.org).`);
};

/** An image holds what was built, and nothing to build it from. */
const isImage = () => !existsSync(join(root, 'src')) && existsSync(join(root, 'dist/main.js'));

/** Resolves when packages, database client and build are current; writes one line per thing it had to do. */
export const ensure = async () => {
  checkNode();
  if (isImage()) return;
  if (parts.every(isCurrent)) return;
  const waiting = () => console.error('Another process is bringing this clone up to date; waiting for it…');
  await withLock(join(root, '.octollm/ensure.lock'), waiting, async (started) => {
    for (const part of parts) await bring(part, started);
  });
};

/** `ensure` for the top of a script: a failure ends the process with its message. */
export const ensureOrExit = () =>
  ensure().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await ensureOrExit();
