import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** A stretch of a text in which something was found; UTF-16 code units. */
export interface Region {
  start: number;
  end: number;
}
export interface Peer {
  name: string;
  /** What its maker demands, where this machine does not fulfil it. */
  remark?: string;
  find: (text: string) => Region[] | Promise<Region[]>;
}

const FILES = ['package.json', 'package-lock.json'];
const SOURCE = 'test/bench/peers';
const INSTALL = 'ci --ignore-scripts --omit=optional --no-audit --no-fund --no-progress --no-global'.split(' ');
const INSTALL_LIMIT_MS = 180_000;
/** Stands where a peer cut something out; no text here has it. */
const HOLE = '\u0001';

/** Puts the peers into a folder of their own, once per lockfile; throws when they cannot be had. */
const installed = (): string => {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(SOURCE, file)));
  const folder = resolve('node_modules/.octollm', `bench-peers-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(join(folder, 'complete'))) return folder;
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) copyFileSync(join(SOURCE, file), join(folder, file));
  copyFileSync('.npmrc', join(folder, '.npmrc'));
  const isWindows = process.platform === 'win32';
  execFileSync('npm', INSTALL, { cwd: folder, timeout: INSTALL_LIMIT_MS, stdio: 'pipe', shell: isWindows });
  writeFileSync(join(folder, 'complete'), '');
  return folder;
};

/** What was cut out of `text`, where the rest is still there in its order; a hole reaches to where the rest goes on. */
export const holes = (text: string, redacted: string): Region[] => {
  const regions: Region[] = [];
  let at = 0;
  redacted.split(HOLE).forEach((rest, i, all) => {
    const begin = i === all.length - 1 ? text.length - rest.length : text.indexOf(rest, at);
    // Right beside another hole nothing is left to go by.
    if (i > 0 && begin > at) regions.push({ start: at, end: begin });
    at = Math.max(at, begin + rest.length);
  });
  return regions;
};

interface OpenRedactionModule {
  OpenRedaction: new (options: object) => {
    detect: (text: string) => Promise<{ detections: { position: [start: number, end: number] }[] }>;
  };
}
interface RedactPiiModule {
  SyncRedactor: new (options: object) => { redact: (text: string) => string };
}
interface RedactPiiNodeModule {
  Redactor: new (options: object) => { redact: (text: string) => string };
}
interface View {
  json: (options: object) => { offset: { start: number; length: number } }[];
}
type Compromise = (text: string) => Record<'emails' | 'phoneNumbers' | 'urls' | 'people', () => View>;

/** Each with its defaults, all that it looks for switched on as its maker does. */
const PEERS: Readonly<Record<string, (module: unknown) => Peer['find']>> = {
  openredaction: (module) => {
    const redactor = new (module as OpenRedactionModule).OpenRedaction({ redactionMode: 'placeholder' });
    return async (text) =>
      (await redactor.detect(text)).detections.map(({ position: [start, end] }) => ({ start, end }));
  },
  'redact-pii': (module) => {
    const redactor = new (module as RedactPiiModule).SyncRedactor({ globalReplaceWith: HOLE });
    return (text) => holes(text, redactor.redact(text));
  },
  '@redactpii/node': (module) => {
    const redactor = new (module as RedactPiiNodeModule).Redactor({ globalReplaceWith: HOLE });
    return (text) => holes(text, redactor.redact(text));
  },
  compromise: (module) => (text) => {
    const document = (module as Compromise)(text);
    const views = [document.emails(), document.phoneNumbers(), document.urls(), document.people()];
    return views
      .flatMap((view) => view.json({ offset: true }))
      .map(({ offset: { start, length } }) => ({ start, end: start + length }));
  },
};

/** What other npm packages can do; an empty list, with a word why, where they cannot be installed. */
export const loadPeers = (say: (line: string) => void): Peer[] => {
  let folder: string;
  try {
    folder = installed();
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    say(`The peers could not be installed (${reason}); their rows are left out.`);
    return [];
  }
  const load = createRequire(join(folder, 'package.json'));
  return Object.entries(PEERS).flatMap(([name, adapt]): Peer[] => {
    try {
      return [{ name, find: adapt(load(name)) }];
    } catch (error) {
      say(`${name} does not run on Node ${process.versions.node} (${String(error)}); its row is left out.`);
      return [];
    }
  });
};
