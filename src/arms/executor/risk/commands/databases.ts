import { type Assessment, found, worstOf } from '../assessment';
import { type Call, valuesOf } from '../call';
import type { Inquiry } from '../inquiry';
import { assessSql } from '../sql';
import type { CommandRules } from './command-rules';

const DROPS = 'deletes a database or all that it holds';

/** A client of an SQL database: statements come with options, as operands, or from standard input. */
const sqlClient =
  (options: readonly string[], fromOperand?: number) =>
  (call: Call, inquiry: Inquiry): Assessment => {
    const texts = [
      ...valuesOf(call, ...options),
      ...(fromOperand === undefined ? [] : call.operands.slice(fromOperand)),
      ...(inquiry.input === undefined ? [] : [inquiry.input]),
    ];
    const commands = texts.flatMap((text) =>
      [...text.matchAll(/^\s*(?:\\!|\.shell|\.system|system|!)\s+(.+)$/gm)].map(([, line]) => line ?? ''),
    );
    const isFile =
      valuesOf(call, '-f', '--file').length > 0 || texts.some((text) => /^\s*(\\i|\.read|source)\s/m.test(text));
    return worstOf([
      ...texts.map((text) => assessSql(text.replace(/^\s*[\\.].*$/gm, ''))),
      ...commands.map((line) => inquiry.line(line)),
      ...(isFile ? [found('unknown', 'It runs the statements of a file.')] : []),
      found(fromOperand === 1 ? 'safe' : 'network'),
    ]);
  };

const MONGO_LOSS =
  /\.(drop\w*|deleteMany|deleteOne|remove|findOneAndDelete|bulkWrite)\s*\(|dropDatabase|\bshutdownServer\b/;

const mongo = (call: Call, inquiry: Inquiry): Assessment => {
  const texts = [...valuesOf(call, '--eval'), inquiry.input ?? ''];
  if (texts.some((text) => MONGO_LOSS.test(text))) return found('destructive', `The statement ${DROPS}.`);
  return found('network', 'It talks to a database.');
};

const redis = ({ operands }: Call, { input = '' }: Inquiry): Assessment | undefined => {
  const lines = [operands.join(' '), ...input.split('\n')];
  if (
    lines.some((line) =>
      /^\s*(flushall|flushdb|shutdown|debug\s+(segfault|sleep)|config\s+(set|rewrite|resetstat)|script\s+flush|(?:replicaof|slaveof)|cluster\s+(reset|flushslots)|swapdb|acl\s+deluser|xtrim|function\s+flush)\b/i.test(
        line,
      ),
    )
  )
    return found('destructive', 'The command deletes all keys, or stops or changes the server.');
  if (lines.some((line) => /^\s*(eval|script|fcall)\b/i.test(line)))
    return found('unknown', 'The server runs a script.');
  return undefined;
};

export const DATABASE_COMMANDS: readonly CommandRules[] = [
  {
    names: 'psql cockroach pgcli',
    takes: '-c -h -p -U -d -f -v -o -P -F -R -T --command --file --host --port --username --dbname --set --output',
    judge: sqlClient(['-c', '--command', '-e', '--execute'], undefined),
    otherwise: 'network',
    ignoresHelp: true,
  },
  {
    names: 'mysql mariadb mycli',
    takes: '-e -h -P -u -D -S --execute --host --port --user --database',
    judge: sqlClient(['-e', '--execute', '--init-command']),
    otherwise: 'network',
    ignoresHelp: true,
  },
  {
    names: 'sqlite3 sqlite duckdb litecli',
    takes: '-cmd -separator -init -c -s',
    judge: sqlClient(['-cmd', '-c', '-s'], 1),
    otherwise: 'safe',
    ignoresHelp: true,
  },
  {
    names:
      'sqlcmd bcp isql sqlplus snowsql bq clickhouse-client clickhouse cqlsh trino presto hive impala-shell beeline osql tsql usql',
    takes: '-Q -q -S -U -P -d -e -f --query --execute',
    rules: [['… rm|delete', 'destructive', `It ${DROPS}.`]],
    judge: (call, inquiry) => {
      const assessment = sqlClient(
        ['-Q', '-q', '-e', '--query', '--execute', '-f'],
        call.name === 'bq' ? 1 : undefined,
      )(call, inquiry);
      return assessment.risk === 'destructive' ? assessment : undefined;
    },
    otherwise: 'network',
  },
  { names: 'dropdb dropuser', otherwise: 'destructive', otherwiseReason: `It ${DROPS}.` },
  {
    names: 'createdb createuser pg_dump pg_dumpall pg_isready mysqldump mongodump mongoexport mongostat',
    otherwise: 'network',
  },
  {
    names: 'pg_restore',
    takes: '-d -h -U -p',
    rules: [['-c|--clean', 'destructive', `pg_restore --clean ${DROPS} before it restores.`]],
    otherwise: 'network',
  },
  {
    names: 'mongorestore mongoimport',
    rules: [['--drop', 'destructive', `--drop ${DROPS} before it restores.`]],
    otherwise: 'network',
  },
  {
    names: 'pg_resetwal pg_resetxlog',
    otherwise: 'destructive',
    otherwiseReason: 'pg_resetwal throws away transactions.',
  },
  {
    names: 'pg_ctl pg_ctlcluster',
    rules: [['… stop|restart|kill', 'destructive', 'It stops the database.']],
    otherwise: 'writes',
  },
  { names: 'initdb', otherwise: 'writes' },
  {
    names: 'mysqladmin mariadb-admin',
    takes: '-u -h -P -S',
    rules: [['… drop|shutdown|flush-*|kill', 'destructive', `mysqladmin stops the server or ${DROPS}.`]],
    otherwise: 'network',
  },
  { names: 'mongo mongosh', judge: mongo, otherwise: 'network' },
  {
    names: 'redis-cli valkey-cli keydb-cli',
    takes: '-h -p -a -n -u --user --pass -s',
    judge: redis,
    otherwise: 'network',
  },
  {
    names: 'etcdctl consul',
    rules: [
      ['… del|delete|force-leave|leave', 'destructive', 'It deletes keys of the cluster.'],
      ['… member|snapshot remove|restore', 'destructive', 'It changes the cluster.'],
    ],
    otherwise: 'network',
  },
  { names: 'influx', rules: [['… delete', 'destructive', `influx ${DROPS}.`]], otherwise: 'network' },
  // Frameworks that keep a schema.
  {
    names: 'prisma',
    rules: [
      ['migrate reset', 'destructive', `prisma migrate reset ${DROPS}.`],
      ['db push --force-reset|--accept-data-loss', 'destructive', `prisma db push with this option ${DROPS}.`],
      ['generate|format|validate|version', 'safe'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'supabase',
    rules: [
      ['db reset', 'destructive', `supabase db reset ${DROPS}.`],
      ['… delete|remove', 'destructive', 'It deletes a part of the project.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'rails rake',
    rules: [
      [
        'db:drop*|db:reset*|db:purge*|db:rollback*|db:schema:load*|db:migrate:reset|db:seed:replant|db:truncate_all',
        'destructive',
        `It ${DROPS}.`,
      ],
      ['… db:drop*|db:reset*', 'destructive', `It ${DROPS}.`],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'artisan sequelize sequelize-cli typeorm knex doctrine mikro-orm drizzle-kit',
    rules: [
      [
        '… migrate:fresh|migrate:reset|migrate:refresh|migrate:rollback|db:wipe|db:drop|db:migrate:undo:all|schema:drop|schema:fresh|migration:revert|database:drop|doctrine:database:drop|doctrine:schema:drop|drop',
        'destructive',
        `It ${DROPS}.`,
      ],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'flyway liquibase alembic goose dbmate atlas',
    takes: '-c -n',
    rules: [['… clean|drop|drop-all|downgrade|reset|down|rollback*', 'destructive', `It ${DROPS}.`]],
    otherwise: 'unknown',
  },
  {
    names: 'django-admin manage.py',
    rules: [
      ['flush|reset_db|sqlflush', 'destructive', `It ${DROPS}.`],
      ['migrate + zero', 'destructive', 'It takes every migration back.'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'mix',
    rules: [['ecto.drop|ecto.reset|ecto.rollback', 'destructive', `It ${DROPS}.`]],
    otherwise: 'unknown',
  },
];
