import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Report {
  summary: { violations: { rule: { name: string }; from: string }[] };
}

const ROOT = resolve(__dirname, '../..');
const PLAN = join(ROOT, '.dependency-cruiser.cjs');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const { forbidden } = jest.requireActual<{ forbidden: { name: string }[] }>(PLAN);

/** A small house that keeps to the plan, with one import for most of what is allowed. */
const HOUSE: Record<string, string[]> = {
  'src/main.ts': ['./app.module'],
  'src/app.module.ts': [
    './api/api.module',
    './arms/coder/coder.module',
    './arms/judge/judge.module',
    './provenance/verify.service',
  ],
  'src/api/api.module.ts': ['../intake/intake.port', '../access/access.service', '../memory/memory.service'],
  'src/intake/intake.port.ts': ['../reflex/reflex.service', '../orchestrator/orchestrator.service'],
  'src/reflex/reflex.service.ts': ['../memory/memory.service', '../detection/detection.service'],
  'src/orchestrator/orchestrator.service.ts': ['../dispatch/dispatch.service', '@nestjs/bullmq'],
  'src/arms/coder/coder.module.ts': ['../../dispatch/arm.decorator', './prompts', '../../workshop/test-runner.service'],
  'src/arms/coder/prompts.ts': ['../../common/clock'],
  'src/arms/judge/judge.module.ts': ['../../dispatch/arm.decorator', '../../drivers/queue/queue.module'],
  'src/workshop/test-runner.service.ts': ['../drivers/database/database.service'],
  'src/provenance/verify.service.ts': ['../drivers/database/database.service'],
  'src/dispatch/arm.decorator.ts': ['../common/clock'],
  'src/dispatch/dispatch.service.ts': [
    './arm.decorator',
    'bullmq',
    '../drivers/queue/queue.module',
    '../guardrails/guardrails.service',
  ],
  'src/access/access.service.ts': ['../drivers/database/database.service'],
  'src/memory/memory.service.ts': ['./note.repository', '../drivers/database/database.service'],
  'src/memory/note.repository.ts': ['@prisma/client'],
  'src/guardrails/guardrails.service.ts': ['../detection/detection.service'],
  'src/detection/detection.service.ts': ['../common/clock'],
  'src/drivers/database/database.service.ts': ['pg', '../../common/clock'],
  'src/drivers/queue/queue.module.ts': ['ioredis', '../../contracts/task'],
  'src/common/clock.ts': ['../contracts/task'],
  'src/contracts/task.ts': ['./json'],
  'src/contracts/json.ts': [],
  'node_modules/pg/index.js': [],
  'node_modules/openai/index.js': [],
  'node_modules/ioredis/index.js': [],
  'node_modules/typescript/index.js': [],
  'node_modules/bullmq/index.js': [],
  'node_modules/@nestjs/bullmq/index.js': [],
  'node_modules/@prisma/client/index.js': [],
};

/** Every rule with files that break it and nothing else. */
const BREACHES: [rule: string, file: string, imports: string[]][] = [
  ['floor-contracts', 'src/contracts/up.ts', ['../common/clock']],
  ['contracts-are-pure', 'src/contracts/up.ts', []],
  ['contracts-are-pure', 'src/contracts/impure.ts', ['node:fs']],
  ['floor-common', 'src/common/up.ts', ['../drivers/queue/queue.module']],
  ['floor-drivers', 'src/drivers/queue/up.ts', ['../../detection/detection.service']],
  ['floor-detection', 'src/detection/up.ts', ['../drivers/queue/queue.module']],
  ['floor-guardrails', 'src/guardrails/up.ts', ['../memory/memory.service']],
  ['floor-access', 'src/access/up.ts', ['../memory/memory.service']],
  ['floor-memory', 'src/memory/up.ts', ['../dispatch/dispatch.service']],
  ['floor-workshop', 'src/workshop/up.ts', ['../dispatch/dispatch.service']],
  ['floor-provenance', 'src/provenance/up.ts', ['../access/access.service']],
  ['floor-dispatch', 'src/dispatch/up.ts', ['../arms/coder/coder.module']],
  ['floor-arms', 'src/arms/coder/up.ts', ['../../orchestrator/orchestrator.service']],
  ['floor-reflex', 'src/reflex/up.ts', ['../orchestrator/orchestrator.service']],
  ['floor-orchestrator', 'src/orchestrator/up.ts', ['../arms/coder/coder.module']],
  ['floor-intake', 'src/intake/up.ts', ['../api/api.module']],
  ['floor-api', 'src/api/down.ts', ['../dispatch/dispatch.service']],
  ['floor-api', 'src/api/roof.module.ts', ['../app.module']],
  ['strangers-in-arms', 'src/arms/coder/peek.ts', ['../judge/judge.module']],
  ['strangers-in-drivers', 'src/drivers/queue/peek.ts', ['../database/database.service']],
  ['strangers-in-api', 'src/api/coder/peek.ts', ['../compat/other/other.module']],
  ['strangers-in-api-compat', 'src/api/compat/loop/peek.ts', ['../other/other.module']],
  ['vendor-databases-and-models', 'src/arms/coder/vendor.ts', ['openai']],
  ['vendor-databases-and-models', 'src/memory/vendor.repository.ts', ['pg']],
  ['vendor-interpreters-and-parsers', 'src/workshop/vendor.ts', ['typescript']],
  ['vendor-queues', 'src/intake/vendor.ts', ['bullmq']],
  ['vendor-queues', 'src/api/vendor.ts', ['@nestjs/bullmq']],
  ['every-room-is-on-the-plan', 'src/attic/attic.service.ts', ['../contracts/task']],
  ['enter-by-the-door', 'src/intake/window.ts', ['../memory/note.repository']],
  ['prisma-in-repositories', 'src/memory/rows.service.ts', ['@prisma/client']],
  ['prisma-in-repositories', 'src/access/rows.service.ts', ['../drivers/database/generated/client']],
  ['no-cycles', 'src/common/egg.ts', ['./hen']],
  ['no-barrels', 'src/reflex/barrel.ts', ['./index']],
  ['no-orphans', 'src/common/orphan.ts', []],
  ['tests-stay-outside', 'src/common/tested.ts', ['../../test/support/fake']],
  ['resolvable', 'src/common/lost.ts', ['./nowhere']],
];

/** What the breaches import and the house does not have. */
const PROPS: Record<string, string[]> = {
  'src/common/hen.ts': ['./egg'],
  'src/api/compat/other/other.module.ts': ['../../../contracts/task'],
  'src/drivers/database/generated/client.ts': ['../../../contracts/task'],
  'src/reflex/index.ts': ['./reflex.service'],
  'test/support/fake.ts': ['../../src/contracts/task'],
};

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'octollm-plan-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Builds the files and returns what the plan finds wrong, as `rule: file`. Imports of types count like any other. */
const inspect = (name: string, files: Record<string, string[]>): string[] => {
  const cwd = join(folder, name);
  for (const [file, imports] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    const lines = imports.map((from, index) => `import type { T${String(index)} } from '${from}';`);
    writeFileSync(join(cwd, file), file.endsWith('.js') ? '' : `${lines.join('\n')}\nexport type T0 = number;\n`);
    if (file.startsWith('node_modules/'))
      writeFileSync(join(cwd, dirname(file), 'package.json'), '{"main":"index.js"}');
  }
  writeFileSync(join(cwd, 'tsconfig.json'), '{"compilerOptions":{"module":"CommonJS","moduleResolution":"node10"}}');
  const { stdout, stderr } = spawnSync(process.execPath, [CRUISER, '--config', PLAN, '--output-type', 'json', 'src'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as Report;
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
};

const unique = (items: string[]): string[] => [...new Set(items)].sort();

describe('the building plan', () => {
  it('finds nothing wrong with a house that keeps to it', () => {
    expect(inspect('good', HOUSE)).toEqual([]);
  });

  it('finds every breach, names its rule, and finds nothing else', () => {
    const breaches: Record<string, string[]> = {};
    for (const [, file, imports] of BREACHES) breaches[file] = [...(breaches[file] ?? []), ...imports];
    const found = inspect('bad', { ...HOUSE, ...PROPS, ...breaches });
    expect(unique(found)).toEqual(unique(BREACHES.map(([rule, file]) => `${rule}: ${file}`)));
  });

  it('has a breach here for each of its rules', () => {
    expect(unique(BREACHES.map(([rule]) => rule))).toEqual(unique(forbidden.map(({ name }) => name)));
  });
});
