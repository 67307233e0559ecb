import { randomBytes } from 'node:crypto';
import { ChildServer } from '../support/child-server';
import { type Column, embeddedColumn } from '../support/columns';
import { type Answer, eventually, request } from '../support/server';

/** A key as a provider would issue it, an address as somebody has, and a word that no detector knows: unique to this run. */
const KEY = `sk-proj-${randomBytes(24).toString('hex')}`;
const WORD = `zebra${randomBytes(8).toString('hex')}`;
const MAIL = `${WORD}@northwind-traders.com`;
const PRINTED = `print("${KEY} ${MAIL}")`;

let column: Column;
let server: ChildServer;

beforeAll(async () => {
  column = await embeddedColumn();
  server = await ChildServer.start({ ...column.variables, LOG_LEVEL: 'trace', EXECUTOR_COMMANDS: 'echo,rm,python3' });
});
afterAll(async () => {
  await server.stop();
  await column.dispose();
});

const execute = (body: object): Promise<Answer> => request(server.url, 'POST', '/execute', body);

const RUNS: [string, object][] = [
  ['in an argument', { action_type: 'shell', command: 'echo', args: [KEY, MAIL] }],
  ['in a program, a file and its name', { action_type: 'python', code: PRINTED, files: { [`${WORD}.txt`]: KEY } }],
  ['in what a program makes', { action_type: 'python', code: `open("${WORD}.bin", "w").write("${KEY}")` }],
  ['in what a program dies of', { action_type: 'python', code: `raise SystemError("${KEY} ${MAIL}")` }],
  ['in a QuickJS program', { action_type: 'javascript', engine: 'quickjs', code: `throw Error("${KEY} ${MAIL}")` }],
  ['in the input of a tool', { action_type: 'tool', command: `no-${WORD}`, input: { key: KEY } }],
  ['in an address', { action_type: 'http', command: `http://${WORD}.example/${KEY}?mail=${MAIL}` }],
  ['in the environment', { command: 'echo', env: { SECRET: `${KEY} ${MAIL}` } }],
  ['in a folder', { command: 'echo', cwd: `../${WORD}/${KEY}` }],
  ['in a command there is not', { action_type: 'shell', command: WORD, args: [KEY] }],
  ['in what a person is asked', { command: `rm -rf ${KEY} ${MAIL}`, wait_for_approval: true }],
];

it('keeps secrets and personal data out of all that is written about executions', async () => {
  for (const [, body] of RUNS) {
    const { status } = await execute(body);
    expect(status).toBeLessThan(500);
  }
  const { body } = await eventually('the question', async () => {
    const answer = await request(server.url, 'GET', '/api/v1/approvals?status=pending');
    return (answer.body['approvals'] as object[]).length > 0 ? answer : undefined;
  });
  const [{ task_id: task }] = body['approvals'] as [{ task_id: string }];
  const comment = { comment: `not ${KEY} of ${MAIL}` };
  expect(await request(server.url, 'POST', `/api/v1/tasks/${task}/reject`, comment)).toMatchObject({ status: 200 });

  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const told = ['/api/v1/provenance?limit=100', '/api/v1/approvals', `/api/v1/tasks/${task}/approvals`];
  const answers = await Promise.all(told.map(async (path) => (await request(server.url, 'GET', path)).body));
  expect(JSON.stringify(answers)).toContain('approval_rejected');
  for (const text of [server.log(), metrics, JSON.stringify(answers)]) {
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(MAIL);
  }
  for (const text of [server.log(), metrics]) expect(text).not.toContain(WORD);
});
