import type { Readable } from 'node:stream';
import { Parser, type ReadEntry } from 'tar';
import type { CollectLimits, CollectedFiles } from './sandbox.port';

/** An archive of this folder begins with its own name, `./`: what begins otherwise (compressed, say) was not made by us. */
const FIRST_BYTE = '.'.charCodeAt(0);
const MAX_NAME = 500;
const MAX_LEFT_OUT = 100;
/** Beyond what may be collected, so much more is read to be able to tell what was left out. */
const SLACK_BYTES = 16 * 1024 * 1024;
/** Stands for names that are not told one by one. */
export const THE_REST = '…';

type Reason = CollectedFiles['leftOut'][number]['reason'];

/**
 * Control characters, what was no UTF-8, lone surrogates, which no store of text accepts, marks that turn the direction of
 * writing and so hide how a name ends, and what separates folders elsewhere.
 */
const ODD = /[\p{Cc}\p{Cs}\p{Bidi_Control}\uFFFD\\]/u;

const isGoodName = (path: string): boolean =>
  path.length <= MAX_NAME &&
  !ODD.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const isRegular = ({ type }: ReadEntry): boolean => type === 'File' || type === 'OldFile' || type === 'ContiguousFile';

/** Takes files out of an archive that is untrusted as a whole: the program may have written any part of it. */
export class Collecting {
  private readonly files = new Map<string, Uint8Array>();
  private readonly folders = new Set<string>();
  private readonly leftOut: CollectedFiles['leftOut'] = [];
  private readonly parser = new Parser({ onReadEntry: (entry) => this.take(entry), maxMetaEntrySize: 8 * MAX_NAME });
  private seen = 0;
  private promised = 0;
  private cut = false;
  /** Whether the next entry's real name was too long to be read, so that the one it bears is only the name's beginning. */
  private misnamed = false;

  constructor(
    stream: Readable,
    private readonly limits: CollectLimits,
  ) {
    this.parser.on('error', () => this.stop(stream));
    this.parser.on('ignoredEntry', () => (this.misnamed = true));
    stream.on('data', (chunk: Buffer) => {
      const foreign = this.seen === 0 && chunk[0] !== FIRST_BYTE;
      this.seen += chunk.length;
      if (foreign || this.seen > 2 * limits.totalBytes + SLACK_BYTES) this.stop(stream);
      else this.parser.write(chunk);
    });
  }

  /** What was found in all that was read. */
  result(): CollectedFiles {
    return { files: Object.fromEntries(this.files), leftOut: [...this.leftOut] };
  }

  /** The writer ends when nobody reads any more. */
  private stop(stream: Readable): void {
    if (this.cut) return;
    this.cut = true;
    this.leftOut.push({ path: THE_REST, reason: 'too_many' });
    stream.destroy();
  }

  private take(entry: ReadEntry): void {
    const path = entry.path.replace(/^\.\//, '');
    const misnamed = this.misnamed;
    this.misnamed = false;
    const objection = misnamed ? 'bad_name' : this.objection(path, entry);
    const reason = entry.type === 'Directory' ? 'folder' : objection;
    if (reason !== undefined) {
      if (reason !== 'folder') this.leave(path, reason);
      entry.resume();
      return;
    }
    this.promised += entry.size;
    const chunks: Buffer[] = [];
    entry.on('data', (chunk) => chunks.push(chunk));
    entry.on('end', () => {
      const bytes = Buffer.concat(chunks);
      // The last one is incomplete when the archive is.
      if (bytes.length === entry.size) this.files.set(path, bytes);
    });
    this.remember(path);
  }

  private objection(path: string, entry: ReadEntry): Reason | undefined {
    if (!isRegular(entry)) return 'not_a_file';
    if (!isGoodName(path) || this.files.has(path) || this.folders.has(path) || this.isBelowFile(path))
      return 'bad_name';
    if (this.files.size >= this.limits.files) return 'too_many';
    const { fileBytes, totalBytes } = this.limits;
    return entry.size > fileBytes || this.promised + entry.size > totalBytes ? 'too_large' : undefined;
  }

  private isBelowFile(path: string): boolean {
    return foldersOf(path).some((folder) => this.files.has(folder));
  }

  private remember(path: string): void {
    for (const folder of foldersOf(path)) this.folders.add(folder);
  }

  private leave(path: string, reason: Reason): void {
    if (this.leftOut.length > MAX_LEFT_OUT) return;
    const told = path.slice(0, MAX_NAME).replace(new RegExp(ODD, 'gu'), '\uFFFD');
    this.leftOut.push(this.leftOut.length < MAX_LEFT_OUT ? { path: told, reason } : { path: THE_REST, reason });
  }
}

const foldersOf = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_part, index, parts) => parts.slice(0, index + 1).join('/'));
