import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ActionRepository } from '../../src/dispatch/action.repository';
import { Database } from '../../src/drivers/database/database.service';
import { COLUMNS, type Column } from '../support/columns';
import { TestServer } from '../support/server';

describe.each(COLUMNS)('npm run verify, %s', (name, openColumn) => {
  let column: Column;
  let server: TestServer | undefined;

  beforeAll(async () => {
    column = await openColumn();
    server = await TestServer.start(column);
  });
  afterAll(async () => {
    await server?.stop();
    await column.dispose();
  });

  const verify = (
    args: string[] = [],
    variables: Record<string, string> = {},
  ): Promise<{ code: number; text: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], ...column.variables, ...variables };
      execFile(process.execPath, ['scripts/verify.mjs', ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
      );
    });
  const write = async (): Promise<void> => {
    const line = { taskId: 't', arm: 'executor', type: 'execute', details: {}, result: {} };
    await server?.get(ActionRepository).log(line);
  };

  it('checks the log beside a running server', async () => {
    await write();
    const { code, text } = await verify();
    expect({ code, text }).toEqual({
      code: 0,
      text: expect.stringMatching(/^1 lines checked.*\n.*is intact/) as string,
    });
  });

  it('checks it without one, and starts none where none was', async () => {
    await server?.stop();
    server = undefined;
    expect(await verify()).toMatchObject({ code: 0, text: expect.stringMatching(/^1 lines checked/) as string });
    server = await TestServer.start(column);
  });

  it('says what is wrong and where, and ends with 1', async () => {
    await write();
    await verify();
    await server?.get(Database).query("UPDATE action_log SET arm_id = 'x' WHERE position = 1");
    const { code, text } = await verify();
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringMatching(/NOT intact: 1 fault\.\n {2}1 {2}changed_row/) as string,
    });
  });

  it('begins anew when told to', async () => {
    expect(await verify(['--accept'])).toMatchObject({
      code: 0,
      text: expect.stringMatching(/2 earlier lines/) as string,
    });
    expect(await verify()).toMatchObject({ code: 0 });
  });

  it('ends with 2 when it cannot know', async () => {
    const nowhere = join(column.variables['DATA_DIR'] ?? '', 'nothing');
    expect(await verify([], { DATA_DIR: nowhere })).toMatchObject({
      code: 2,
      text: expect.stringMatching(/There is no secret in .*OCTO_SECRET/) as string,
    });
    if (name === 'embedded') {
      const OCTO_SECRET = 'a secret of at least 32 characters';
      const { code, text } = await verify([], { DATA_DIR: nowhere, OCTO_SECRET });
      expect({ code, text }).toEqual({ code: 2, text: expect.stringMatching(/holds no database/) as string });
    } else {
      const DATABASE_URL = 'postgres://postgres@127.0.0.1:1/none';
      expect(await verify([], { DATABASE_URL })).toMatchObject({ code: 2 });
    }
    rmSync(nowhere, { recursive: true, force: true });
  });
});
