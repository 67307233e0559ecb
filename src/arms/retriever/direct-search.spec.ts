import { ScriptedModel, type Scripted, assignment, workbench as benchOf } from '../../../test/support/scripted-model';
import { BugError, TransientError } from '../../common/errors';
import type { SearchReply, SearchRequest } from '../../contracts/direct';
import { type Found, LibraryPort, type Passage, type Search } from '../../memory/library.port';
import { DirectSearch } from './direct-search.service';

const passage = (n: number, content = `Passage ${n}.`, score = 0.6): Passage => ({
  documentId: `d${n}`,
  source: `s${n}.md`,
  content,
  metadata: { n },
  score,
});

class FixedLibrary extends LibraryPort {
  readonly searches: [string, Search][] = [];
  constructor(private readonly found: Found) {
    super();
  }
  remember(): Promise<string[]> {
    return Promise.resolve([]);
  }
  find(query: string, search: Search): Promise<Found> {
    this.searches.push([query, search]);
    return Promise.resolve(this.found);
  }
}

const REQUEST: SearchRequest = {
  query: 'leave',
  method: 'hybrid',
  limit: 10,
  minScore: 0.5,
  filters: [{ kind: 'anyOf', field: 'severity', values: ['high'] }],
  synthesise: true,
};

const search = async (
  passages: Passage[],
  {
    reply = 'Thirty [2].',
    demonstration = false,
    request = {},
    found = {},
  }: { reply?: Scripted; demonstration?: boolean; request?: Partial<SearchRequest>; found?: Partial<Found> } = {},
) => {
  const library = new FixedLibrary({
    passages,
    total: passages.length,
    method: 'hybrid',
    database: 'qdrant',
    ...found,
  });
  const model = new ScriptedModel({ answer: [reply] }, demonstration);
  const asked = { ...REQUEST, ...request };
  const given = assignment({ kind: 'direct', key: 'direct', input: { ...asked }, task: { goal: asked.query } });
  const result = await new DirectSearch(library).answer(given, benchOf(model));
  return { result, reply: result.output as SearchReply, library, model };
};

describe('DirectSearch', () => {
  it('asks the library for what was asked for', async () => {
    const { library } = await search([], { request: { collection: 'hr' } });
    expect(library.searches).toEqual([['leave', expect.objectContaining({ ...REQUEST, collection: 'hr' })]]);
  });

  it('writes a synthesis of the best five, and cites what it rests on', async () => {
    const seven = [1, 2, 3, 4, 5, 6, 7].map((n) => passage(n));
    const { result, reply, model } = await search(seven, {
      reply: 'Thirty [2], or [6].',
      found: { vectorModel: 'small' },
    });
    expect(reply).toEqual({
      hits: seven,
      methodUsed: 'hybrid',
      totalMatches: 7,
      searchMs: expect.any(Number) as number,
      synthesisMs: expect.any(Number) as number,
      synthesis: 'Thirty [2], or.',
      citations: ['s2.md'],
      database: 'qdrant',
      vectorModel: 'small',
    });
    expect((model.asked(0)['untrusted'] as { passages: object[] }).passages).toHaveLength(5);
    expect(result).toMatchObject({ confidence: 0.6, warnings: [] });
  });

  it('names each source once, those of the hits where nothing is cited', async () => {
    const { reply } = await search([passage(1), passage(1), passage(2)], { reply: 'Thirty.' });
    expect(reply.citations).toEqual(['s1.md', 's2.md']);
  });

  it('asks no model for what nobody wants or nothing was found for', async () => {
    const unwanted = await search([passage(1)], { request: { synthesise: false } });
    const nothing = await search([]);
    for (const { reply, model } of [unwanted, nothing]) {
      expect(model.calls).toEqual([]);
      expect(reply).toMatchObject({ citations: [] });
      expect(reply).not.toHaveProperty('synthesis');
    }
    expect(nothing.result.confidence).toBe(0.2);
  });

  it('says what the demonstration model cannot do', async () => {
    const { result, reply } = await search([passage(1)], { demonstration: true });
    expect(reply).toMatchObject({ hits: [{ documentId: 'd1' }], citations: ['s1.md'] });
    expect(reply).not.toHaveProperty('synthesis');
    expect(result.warnings?.join()).toContain('OPENAI_API_KEY');
  });

  it('keeps its hits when the model fails, but hides no bug', async () => {
    const { result, reply } = await search([passage(1)], {
      reply: new TransientError('llm_unavailable', 'It is away.'),
    });
    expect(reply.hits).toHaveLength(1);
    expect(result.warnings).toEqual(['There is no synthesis: It is away.']);
    await expect(search([passage(1)], { reply: new BugError('broken', 'Oh.') })).rejects.toMatchObject({ kind: 'bug' });
  });

  it('cuts what is too long to hand back, and says when it searched otherwise', async () => {
    const { result, reply } = await search([passage(1, 'x'.repeat(50_000))], { found: { method: 'keyword' } });
    expect(reply.hits[0]?.content).toHaveLength(20_002);
    expect(result.warnings?.[0]).toContain('keyword instead of hybrid');
  });
});
