import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest package.json above, which is the same from `src` and from the built `dist`. */
const find = (folder: string): string => {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return file;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('package.json is missing: install the whole package, not only its dist folder.');
  return find(parent);
};

/** Version of the server, from package.json. */
export const VERSION = (JSON.parse(readFileSync(find(__dirname), 'utf8')) as { version: string }).version;
