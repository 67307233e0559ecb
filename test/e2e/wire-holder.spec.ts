import { ApiKeys } from '../../src/access/api-keys.service';
import { Database } from '../../src/drivers/database/database.service';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer } from '../support/server';

let column: Column;
let server: TestServer;

beforeAll(async () => {
  column = await embeddedColumn();
  server = await TestServer.start(column, { AUTH_MODE: 'keys' });
});
afterAll(async () => {
  await server.stop();
  await column.dispose();
});

const PLAN = { goal: 'Write a Python function that reverses a string' };
const CODE = { request_type: 'generate', language: 'python', instruction: PLAN.goal };
const VALIDATE = { output: 'a text', validation_types: ['quality'] };

describe('the action log says whose an arm called by itself was:', () => {
  it.each<[string, object]>([
    ['/plan', PLAN],
    ['/api/v1/plan', PLAN],
    ['/planner/execute', PLAN],
    ['/search', { query: 'anything at all' }],
    ['/retriever/execute', { query: 'anything at all' }],
    ['/validate', VALIDATE],
    ['/judge/execute', VALIDATE],
    ['/check', { text: 'a text', check_types: ['pii'] }],
    ['/safety-guardian/execute', { text: 'a text', check_types: ['pii'] }],
    ['/code', CODE],
    ['/execute', { command: 'echo 1' }],
  ])('%s', async (path, body) => {
    const { record, value } = await server.get(ApiKeys).create({ name: path, tier: 'live' }, 'test');
    expect((await server.request('POST', path, body, { 'x-api-key': value })).status).toBe(200);
    const lines = await server
      .get(Database)
      .query(`SELECT 1 FROM action_log WHERE action_details->>'holder' = $1`, [`key:${record.id}`]);
    expect(lines.length).toBeGreaterThan(0);
  });
});
