// `npm start`: brings the clone up to date, then becomes the server. One process, so that signals reach it directly.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureOrExit, root } from './ensure.mjs';

// `.env` and relative folders belong to the clone, wherever this was called from.
process.chdir(root);
await ensureOrExit();
process.env.NODE_ENV ??= 'production';

// Started with a channel to its parent, the server ends with that parent, however it ended.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

createRequire(import.meta.url)(join(root, 'dist/main.js'));
