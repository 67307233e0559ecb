import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRecord } from '../common/is-record';
import type { Place } from './chain';

/**
 * The last place of the chain that this machine has seen, kept in a file beside the database. Both ends of a chain are signed,
 * but whoever once copied the row that holds them can put it back later, together with fewer lines; only somebody who remembers
 * can tell. Without the file (a new machine) nobody does, until the next line.
 */
export class Witness {
  constructor(private readonly file: string) {}

  read(): Place | undefined {
    let value: unknown;
    try {
      value = JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return undefined;
    }
    if (!isRecord(value)) return undefined;
    const { position, hash } = value;
    return typeof position === 'number' && typeof hash === 'string' ? { position, hash } : undefined;
  }

  /** Whole or not at all. */
  write(place: Place): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    const draft = `${this.file}.${String(process.pid)}`;
    writeFileSync(draft, `${JSON.stringify(place)}\n`, { mode: 0o600 });
    renameSync(draft, this.file);
  }
}
