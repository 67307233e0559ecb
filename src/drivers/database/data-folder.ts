import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { type Server, createConnection, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../common/errors';

/** Longest path of a UNIX socket on Linux is 107 bytes, on macOS 103; PostgreSQL appends `/.s.PGSQL.5432`. */
const LONGEST_SOCKET_FOLDER = 85;

/** A folder for sockets that only this user can enter; outside the data folder when that one's path is too long. */
export const socketFolder = (dataDir: string): string => {
  const inside = join(dataDir, 'run');
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder =
    Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER
      ? inside
      : join(tmpdir(), `octollm-${String(userInfo().uid)}-${hash}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const state = lstatSync(folder);
  if (!state.isDirectory() || state.uid !== userInfo().uid) {
    throw new UserError(
      'data_folder_unusable',
      `${folder} belongs to somebody else. Remove it or set DATA_DIR to another folder.`,
    );
  }
  chmodSync(folder, 0o700);
  return folder;
};

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/**
 * Takes the data folder for this process. Whether another process has it is asked of the operating system (does its socket
 * answer?), so a crash leaves nothing behind that would have to be cleaned up by hand.
 * @throws UserError `data_folder_in_use`.
 */
export const takeDataFolder = async (dataDir: string, folder: string): Promise<Server> => {
  const path = join(folder, 'owner.sock');
  if (await answers(path)) {
    throw new UserError(
      'data_folder_in_use',
      `The data folder ${dataDir} is in use by another OctoLLM server. Stop that one, or set DATA_DIR to another folder.`,
    );
  }
  rmSync(path, { force: true });
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  server.unref();
  return server;
};
