import { Database } from '../../src/drivers/database/database.service';
import { COLUMNS, type Column } from '../support/columns';
import { eventually } from '../support/eventually';
import { TestServer, request } from '../support/server';

type Body = Record<string, unknown>;
const SHA256 = expect.stringMatching(/^[0-9a-f]{64}$/) as string;

describe.each(COLUMNS)('provenance over the wire, %s', (_, openColumn) => {
  let column: Column;
  let server: TestServer;

  beforeAll(async () => {
    column = await openColumn();
    server = await TestServer.start(column);
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  const list = async (query: string): Promise<{ records: Body[]; next_cursor: string | null }> => {
    const { status, body } = await server.request('GET', `/api/v1/provenance?${query}`);
    expect(status).toBe(200);
    return body as unknown as { records: Body[]; next_cursor: string | null };
  };
  const verify = async (): Promise<Body> => (await server.request('GET', '/api/v1/provenance/verify')).body;

  it('has the whole way of a task, each record chained to the one before', async () => {
    const id = await server.submit({ goal: 'Write a Python function to calculate fibonacci numbers' });
    const task = await server.finished(id);
    expect(task.status).toBe('completed');
    const { records, next_cursor: next } = await list(`task_id=${id}&limit=100`);
    expect(next).toBeNull();
    const types = records.map((record) => record['action_type']).reverse();
    expect(types.slice(0, 2)).toEqual(['submitted', 'received']);
    expect(types).toEqual(expect.arrayContaining(['planned', 'work', 'judge']));
    expect(types.at(-1)).toBe('returned');
    for (const record of records) {
      expect(record).toMatchObject({
        task_id: id,
        user_id: 'open',
        success: true,
        signature: SHA256,
        previous_signature: SHA256,
        position: expect.any(Number) as number,
      });
      if (!['submitted', 'received'].includes(String(record['action_type'])))
        expect(record['output_hash']).toEqual(SHA256);
    }
    const [row] = await server
      .get(Database)
      .query<{ hash: string }>(
        "SELECT encode(sha256(convert_to(result::text, 'UTF8')), 'hex') AS hash FROM tasks WHERE 'task-' || id = $1",
        [id],
      );
    expect(records[0]?.['output_hash']).toBe(row?.hash);
    for (const other of [id.slice('task-'.length), id.toUpperCase().replace('TASK-', 'task-')]) {
      expect((await list(`task_id=${other}`)).records).toHaveLength(Math.min(records.length, 20));
    }
  });

  it('has the way of a direct call, and of a token', async () => {
    const { body } = await request(server.url, 'POST', '/execute', { command: 'echo', args: ['hello'] });
    expect(body['success']).toBe(true);
    const [own] = (await list('limit=100')).records.filter(({ action_type: type }) => type === 'submitted');
    // The answer does not wait for the line about itself.
    const way = await eventually('it was returned', async () => {
      const types = (await list(`task_id=${String(own?.['task_id'])}`)).records.map(({ action_type: type }) => type);
      return types[0] === 'returned' ? types : undefined;
    });
    expect(way.at(-1)).toBe('submitted');
    expect(way).toContain('direct');
    const issued = await server.request('POST', '/tokens', { arm_id: 'executor', capabilities: ['ShellRead'] });
    const [newest] = (await list('limit=1')).records;
    expect(newest).toMatchObject({ action_type: 'grant_issued', capability_token_id: issued.body['id'] });
  });

  it('is read page by page, nothing twice', async () => {
    const all = (await list('limit=100')).records.map(({ id }) => id);
    const read: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      read.push(...page.records.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(read).toEqual(all);
    expect((await list('task_id=task_0000000000000000')).records).toEqual([]);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=abc', 'task_id=%20', 'nonsense=1'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await server.request('GET', `/api/v1/provenance?${query}`);
      expect(status).toBe(422);
      expect(body['code']).toBe('validation_error');
    },
  );

  it('verifies, and says where it was tampered with', async () => {
    const before = await verify();
    expect(before).toMatchObject({
      intact: true,
      first_position: 1,
      first_bad_position: null,
      faults: [],
      fault_count: 0,
    });
    expect(before['rows_checked']).toBe(before['last_position']);
    await server
      .get(Database)
      .query('UPDATE action_log SET result = result || \'{"exit_code": 0}\' WHERE position = 4');
    const [one, two] = await Promise.all([verify(), verify()]);
    expect(one).toMatchObject({
      intact: false,
      first_bad_position: 4,
      fault_count: 1,
      faults: [
        { kind: 'changed_row', position: 4, id: expect.any(String) as string, message: expect.any(String) as string },
      ],
    });
    expect(two).toMatchObject({ intact: false, first_bad_position: 4 });
  });
});
