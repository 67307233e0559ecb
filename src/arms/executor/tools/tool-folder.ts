import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { RUNTIMES, TOOL_NAME, type Tool, ToolFault, toolOf } from './tool';

const MOST_SOURCE = 1_000_000;
const MOST_CARD = 100_000;
/** More than a list could show. */
const MOST_TOOLS = 200;

const has = (error: unknown, ...codes: string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? '');

/** A file that lies in the folder itself, and not where a link from it leads. Nothing when there is none. */
const readFileOf = async (folder: string, file: string, most: number): Promise<string | undefined> => {
  try {
    const real = await realpath(join(folder, file));
    if (dirname(real) !== folder) {
      throw new ToolFault(`${file} is a link out of the folder of tools; copy the file itself there.`);
    }
    // Without waiting: opening a pipe would last until somebody writes to it.
    const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size, isFile } = await handle.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
      if (!isFile) throw new ToolFault(`${file} is no file; put a program there.`);
      if (size > most) throw new ToolFault(`${file} is larger than ${most} bytes; make it shorter.`);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ToolFault) throw error;
    if (has(error, 'ENOENT')) return undefined;
    throw new ToolFault(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no reason given'}).`);
  }
};

/** Where the folder really lies; nothing when there is none. */
const placeOf = (folder: string): Promise<string | undefined> => realpath(folder).catch(() => undefined);

/**
 * The tool of that name, as its files are now; nothing when there is none. Errors: `ToolFault`.
 *
 * @param name a `TOOL_NAME`: no other is looked for
 */
export const readTool = async (folder: string, name: string): Promise<Tool | undefined> => {
  const place = await placeOf(folder);
  if (place === undefined || !TOOL_NAME.test(name)) return undefined;
  const programs: { runtime: Tool['runtime']; source: string }[] = [];
  for (const [extension, runtime] of Object.entries(RUNTIMES)) {
    const source = await readFileOf(place, `${name}.${extension}`, MOST_SOURCE);
    if (source !== undefined) programs.push({ runtime, source });
  }
  const [program, another] = programs;
  if (program === undefined) return undefined;
  if (another !== undefined) throw new ToolFault(`There is more than one program named ${name}; keep one of them.`);
  return toolOf(name, program.runtime, program.source, await readFileOf(place, `${name}.json`, MOST_CARD));
};

/** Names of the programs that lie there, in order, good and bad ones. */
export const namesIn = async (folder: string): Promise<string[]> => {
  const files = await readdir(folder).catch(() => []);
  const programs = files.filter((file) => Object.hasOwn(RUNTIMES, extname(file).slice(1)));
  return [...new Set(programs.map((file) => basename(file, extname(file))))].sort().slice(0, MOST_TOOLS);
};
