import { Detection } from '../../src/detection/detection.service';
import { Database } from '../../src/drivers/database/database.service';
import { Policies } from '../../src/guardrails/policies.service';
import { readPolicy } from '../../src/guardrails/policy-file';
import { COLUMNS, type Column } from '../support/columns';
import { FakeOpenAi } from '../support/fake-openai';
import { defaultAnswer } from '../support/fake-script';
import { TestServer, eventually } from '../support/server';

const GOAL = 'Write a Python function to calculate fibonacci numbers for Project Falcon';
/** Everywhere but in memory the codename may be spoken of. */
const POLICY = `
patterns:
  - id: codename
    pattern: project.falcon
    flags: i
    examples: { positive: [Project Falcon], negative: [a falcon] }
rules:
  - { kind: codename, direction: [goal, input, prompt, output], action: allow }
  - { kind: codename, direction: memory, action: redact }
`;
/** What is kept to be found again. */
const MEMORY = ['documents', 'entities', 'relationships', 'answers'];

describe.each(COLUMNS)('what the policy keeps out of memory, %s', (_, openColumn) => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;
  beforeAll(async () => {
    column = await openColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, {}, model);
    server.get(Policies).use(readPolicy(POLICY, 'policy.yaml', server.get(Detection).kinds));
    model.answer(({ purpose, user }) => {
      if (purpose !== 'code') return undefined;
      const reply = defaultAnswer({ purpose, user }) as { code: string };
      return {
        ...reply,
        code: `${reply.code}\n# Made for Project Falcon.\n`,
        explanation: 'As Project Falcon wants it.',
      };
    });
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });

  const kept = async (table: string): Promise<string> =>
    (await server.get(Database).query<{ text: string }>(`SELECT t::text AS text FROM "${table}" t`))
      .map(({ text }) => text)
      .join('\n');

  it('is in no table of it, whichever way it came: documents, the graph of what tasks made, answers', async () => {
    const { status, body } = await server.request('POST', '/api/v1/documents', {
      documents: [
        {
          id: 'plan',
          content: 'Project Falcon begins in May.',
          source: 'the wiki of project falcon',
          metadata: { 'Project Falcon': ['PROJECT FALCON'] },
        },
      ],
    });
    expect([status, body['redactions']]).toEqual([201, [{ document: 'plan', kinds: { codename: 4 } }]]);
    const task = await server.complete({ goal: GOAL });
    expect(task).toMatchObject({ status: 'completed', goal: GOAL });
    expect(task.result?.code).toContain('Project Falcon');
    await eventually('an answer that is kept', async () => (await kept('answers')) || undefined);
    for (const table of MEMORY) {
      const rows = await kept(table);
      expect([table, rows === '']).toEqual([table, false]);
      expect([table, /project.falcon/i.test(rows)]).toEqual([table, false]);
    }
  });

  it.each(['id', 'collection'])('is refused as a name: %s', async (field) => {
    const name = 'project-falcon';
    const { status, body } = await server.request('POST', '/api/v1/documents', {
      ...(field === 'collection' && { collection: name }),
      documents: [{ content: 'The lighthouse is red.', ...(field === 'id' && { id: name }) }],
    });
    expect([status, body['code']]).toEqual([403, 'policy_violation']);
    expect(JSON.stringify(body)).not.toContain(name);
  });
});
