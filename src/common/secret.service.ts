import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './config/config.schema';
import { UserError } from './errors';

const FILE = 'secret.key';
const MIN_LENGTH = 32;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw new UserError('data_folder_unusable', `${path} cannot be read. Make it readable for this user alone.`, {
      cause: error,
    });
  }
};

/** Whole or not at all, whatever happens meanwhile: written beside, then given its name, unless another process was faster. */
const write = (folder: string, path: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${String(process.pid)}`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${randomBytes(MIN_LENGTH).toString('base64url')}\n`);
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
};

/**
 * What keys are hashed, tokens signed and the action log chained with. Whoever has the database alone can neither use a key, nor
 * make a token, nor write a line of the log that passes for ours.
 * Each purpose has a key of its own, derived from the one secret.
 */
export class Secret {
  private readonly keys = new Map<string, Buffer>();

  private constructor(
    private readonly value: string,
    /** Made just now: no key that exists can have been made with it. */
    readonly isNew: boolean,
  ) {}

  /**
   * `OCTO_SECRET`, else the text in `DATA_DIR/secret.key`, which is made when it is missing. The text of that file, given as
   * `OCTO_SECRET`, is the same secret.
   * @throws UserError `data_folder_unusable`
   */
  static load({ OCTO_SECRET, DATA_DIR }: Pick<Settings, 'OCTO_SECRET' | 'DATA_DIR'>): Secret {
    if (OCTO_SECRET !== undefined) return new Secret(OCTO_SECRET, false);
    const path = join(DATA_DIR, FILE);
    const known = read(path);
    if (known === undefined) write(DATA_DIR, path);
    const value = known ?? read(path) ?? '';
    if (value.length < MIN_LENGTH) {
      throw new UserError(
        'data_folder_unusable',
        `${path} is damaged. Restore it from a backup, or remove it: keys made with it will then no longer work.`,
      );
    }
    chmodSync(path, 0o600);
    return new Secret(value, known === undefined);
  }

  /** The same secret, if there is one already: for who must not make one. @throws UserError `data_folder_unusable` */
  static find(settings: Pick<Settings, 'OCTO_SECRET' | 'DATA_DIR'>): Secret | undefined {
    const isThere = settings.OCTO_SECRET !== undefined || existsSync(join(settings.DATA_DIR, FILE));
    return isThere ? Secret.load(settings) : undefined;
  }

  /** A keyed hash (HMAC-SHA256), 64 hex digits: the same text has another one for each purpose. */
  hash(purpose: 'api-key' | 'capability-token' | 'action-mark' | 'action-chain', text: string): string {
    return createHmac('sha256', this.derive(purpose)).update(text).digest('hex');
  }

  signingKey(): Buffer {
    return this.derive('capability-jwt');
  }

  private derive(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', this.value, '', `octollm ${purpose}`, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }
}
