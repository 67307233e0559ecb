import { createHash, randomBytes } from 'node:crypto';
import { ApiKeys } from '../../src/access/api-keys.service';
import { newId } from '../../src/common/ids';
import type { Scope } from '../../src/contracts/caller';
import { Database } from '../../src/drivers/database/database.service';
import { Workspaces } from '../../src/workshop/workspaces.service';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer } from '../support/server';

const sha = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

let column: Column;
let server: TestServer;

beforeAll(async () => {
  column = await embeddedColumn();
  server = await TestServer.start(column);
});
afterAll(async () => {
  await server.stop();
  await column.dispose();
});

/** The UUID and the 16-character key of a submitted goal, or of an arm that was called by itself. */
const newTask = async (isDirect = false): Promise<{ uuid: string; key: string }> => {
  const database = server.get(Database);
  if (isDirect) await server.request('POST', '/search', { query: 'anything at all' });
  else await server.submit({ goal: 'What is the lighthouse key?' });
  const [task] = await database.query<{ uuid: string; key: string }>(
    'SELECT id AS uuid, key FROM tasks WHERE (direct_arm IS NOT NULL) = $1 ORDER BY created_at DESC LIMIT 1',
    [isDirect],
  );
  if (task === undefined) throw new Error('There is no task.');
  return task;
};
type Files = Record<string, string | Uint8Array>;
const put = (uuid: string, files: Files) => server.get(Workspaces).put(uuid, null, files);
const list = (id: string) => server.request('GET', `/api/v1/tasks/${id}/artifacts`);
const download = (id: string, artifact: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/api/v1/tasks/${id}/artifacts/${artifact}`, { headers });

describe.each([
  ['a submitted task', false],
  ['a direct run', true],
])('the files of %s', (_, isDirect) => {
  it('are listed and handed out under every form of its id', async () => {
    const { uuid, key } = await newTask(isDirect);
    expect(await list(uuid)).toMatchObject({ status: 200, body: { artifacts: [] } });
    const [stored] = await put(uuid, { 'reports/sums.csv': 'a,b\n1,2\n' });
    for (const id of [uuid, `task-${uuid}`, `task_${key}`, uuid.toUpperCase()]) {
      const { status, body } = await list(id);
      expect([status, body]).toEqual([
        200,
        {
          artifacts: [
            {
              id: stored?.id,
              task_id: id,
              step: null,
              path: 'reports/sums.csv',
              version: 1,
              size: 8,
              sha256: sha('a,b\n1,2\n'),
              created_at: stored?.createdAt,
              available: true,
              url: `/api/v1/tasks/${id}/artifacts/${stored?.id}`,
            },
          ],
        },
      ]);
      const [{ url }] = body['artifacts'] as [{ url: string }];
      expect(await (await fetch(`${server.url}${url}`)).text()).toBe('a,b\n1,2\n');
    }
  });
});

describe('the bytes of a file', () => {
  it('come whole, to be saved, with their hash as ETag', async () => {
    const { uuid } = await newTask();
    const bytes = randomBytes(10 * 1024 * 1024);
    const [stored] = await put(uuid, { 'model.bin': bytes });
    const answer = await download(uuid, stored?.id ?? '');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="model.bin"; filename*=UTF-8''model.bin`,
      'content-length': String(bytes.byteLength),
      'x-content-type-options': 'nosniff',
      etag: `"${sha(bytes)}"`,
    });
    expect(sha(new Uint8Array(await answer.arrayBuffer()))).toBe(sha(bytes));
  });

  it.each([
    ['page.html', '<script>alert(1)</script>', 'text/plain; charset=utf-8', 'page.html', 'page.html'],
    [
      'größe "1"\'s (b).txt',
      'ä',
      'text/plain; charset=utf-8',
      'gr__e__1__s__b_.txt',
      'gr%C3%B6%C3%9Fe%20%221%22%27s%20%28b%29.txt',
    ],
    ['nul', 'a\0b', 'application/octet-stream', 'nul', 'nul'],
    ['latin', Buffer.from([0xe4, 0x20]), 'application/octet-stream', 'latin', 'latin'],
    ['empty', '', 'text/plain; charset=utf-8', 'empty', 'empty'],
  ] as const)('of %s are never shown as a page', async (path, content, type, plain, exact) => {
    const { uuid } = await newTask();
    const [stored] = await put(uuid, { [path]: content });
    const answer = await download(uuid, stored?.id ?? '');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      200,
      type,
      `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
    ]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(content));
  });

  it('are not sent again to whoever has them', async () => {
    const { uuid } = await newTask();
    const [stored] = await put(uuid, { a: 'x' });
    const etag = `"${sha('x')}"`;
    for (const [condition, status, text] of [
      [etag, 304, ''],
      [`"other", W/${etag}`, 304, ''],
      ['*', 304, ''],
      ['"other"', 200, 'x'],
    ] as const) {
      const answer = await download(uuid, stored?.id ?? '', { 'if-none-match': condition });
      expect([condition, answer.status, await answer.text()]).toEqual([condition, status, text]);
      expect(answer.headers.get('etag')).toBe(etag);
    }
  });

  it('are gone with 410 once they were cleaned up, and still told of', async () => {
    const { uuid } = await newTask();
    const [stored] = await put(uuid, { a: 'x' });
    await server.get(Database).query('UPDATE artifacts SET content = NULL WHERE task_id = $1', [uuid]);
    expect((await list(uuid)).body).toMatchObject({ artifacts: [{ sha256: sha('x'), size: 1, available: false }] });
    const answer = await server.request('GET', `/api/v1/tasks/${uuid}/artifacts/${stored?.id}`);
    expect(answer).toMatchObject({
      status: 410,
      body: { code: 'artifact_gone', message: expect.stringContaining('cleaned up') as string },
    });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('etag')).toBeNull();
  });
});

describe('what is not there', () => {
  it('is answered with 404 in JSON', async () => {
    const [{ uuid }, other] = [await newTask(), await newTask()];
    const [stored] = await put(uuid, { a: 'x' });
    const paths = [
      `/api/v1/tasks/${newId()}/artifacts`,
      '/api/v1/tasks/nonsense/artifacts',
      `/api/v1/tasks/task_${'x'.repeat(16)}/artifacts/${stored?.id}`,
      `/api/v1/tasks/${uuid}/artifacts/${newId()}`,
      `/api/v1/tasks/${uuid}/artifacts/nonsense`,
      `/api/v1/tasks/${uuid}/artifacts/..%2F..%2Fetc%2Fpasswd`,
      // Of another task.
      `/api/v1/tasks/${other.uuid}/artifacts/${stored?.id}`,
    ];
    for (const path of paths) {
      const { status, body } = await server.request('GET', path);
      expect([path, status, body['code']]).toEqual([path, 404, 'resource_not_found']);
    }
  });
});

it('takes the scope that reading a task takes', async () => {
  const { uuid } = await newTask();
  const [stored] = await put(uuid, { a: 'x' });
  await server.stop();
  server = await TestServer.start(column, { AUTH_MODE: 'keys' });
  const keyFor = async (scopes: Scope[]) =>
    (await server.get(ApiKeys).create({ name: 'k', tier: 'live', scopes }, 'test')).value;
  const [reader, writer] = [await keyFor(['task:read']), await keyFor(['task:submit'])];
  for (const path of [`/api/v1/tasks/${uuid}/artifacts`, `/api/v1/tasks/${uuid}/artifacts/${stored?.id}`]) {
    const statuses = await Promise.all(
      [{}, { 'x-api-key': writer }, { 'x-api-key': reader }].map(
        async (headers) => (await fetch(`${server.url}${path}`, { headers })).status,
      ),
    );
    expect([path, statuses]).toEqual([path, [401, 403, 200]]);
  }
});
