import { mkdirSync } from 'node:fs';
import { embeddedColumn } from '../support/columns';
import { TestServer } from '../support/server';
import { existsSync } from 'node:fs';

it('stays up', async () => {
  const column = await embeddedColumn();
  mkdirSync('/tmp/zz', { recursive: true });
  const server = await TestServer.start(column, { PORT: '18765', AUTH_MODE: 'open' });
  while (!existsSync('/tmp/zz/stop')) await new Promise((resolve) => setTimeout(resolve, 500));
  await server.stop();
  await column.dispose();
}, 1_200_000);
