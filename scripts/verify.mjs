// `npm run verify`: whether the action log is what this server wrote. Works beside a running server and without one.
// `-- --accept` begins the chain anew after what is there now, when you know why it does not verify.
// Ends with 0 when the log is intact, 1 when it is not, 2 when that could not be found out.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureOrExit, root } from './ensure.mjs';

process.chdir(root);
await ensureOrExit();
const require = createRequire(import.meta.url);
const built = (file) => require(join(root, 'dist', file));
const { loadConfig } = built('common/config/load-config.js');
const { AppConfig } = built('common/config/config.service.js');
const { Secret } = built('common/secret.service.js');
const { Database } = built('drivers/database/database.service.js');
const { EmbeddedPostgres } = built('drivers/database/embedded-postgres.js');
const { openProvenance } = built('provenance/open-provenance.js');
const { Pool } = require('pg');

/** Where the database is, and what to do when done with it. An embedded one is started unless a server has it running. */
const findDatabase = async (config) => {
  const nothing = async () => undefined;
  if (config.databaseUrl !== undefined) return { login: { connectionString: config.databaseUrl }, leave: nothing };
  const { DATA_DIR } = config.values;
  if (!existsSync(join(DATA_DIR, 'postgres', 'PG_VERSION'))) {
    throw new Error(`DATA_DIR: ${DATA_DIR} holds no database. Set DATA_DIR or DATABASE_URL as for the server.`);
  }
  try {
    const postgres = await EmbeddedPostgres.start(DATA_DIR);
    return { login: postgres.login, leave: () => postgres.stop() };
  } catch (error) {
    if (error.code !== 'data_folder_in_use') throw error;
    return { login: EmbeddedPostgres.loginOf(DATA_DIR), leave: nothing };
  }
};

const tell = (report) => {
  const { intact, rowsChecked, rowsAccepted, rowsWaiting, first, last, faults, faultCount, durationMs } = report;
  console.log(`${rowsChecked} lines checked, positions ${first} to ${last}, in ${durationMs} ms.`);
  if (rowsAccepted > 0) console.log(`${rowsAccepted} earlier lines were accepted as they were and are not checked.`);
  if (rowsWaiting > 0) console.log(`${rowsWaiting} lines were written just now and are not chained yet.`);
  if (intact) {
    console.log('The action log is intact.');
    return;
  }
  console.log(`The action log is NOT intact: ${faultCount} ${faultCount === 1 ? 'fault' : 'faults'}.`);
  for (const { kind, position, id, message } of faults) {
    console.log(`  ${position ?? '-'}  ${kind}  ${message}${id === null ? '' : ` (${id})`}`);
  }
  if (faultCount > faults.length) console.log(`  and ${faultCount - faults.length} more`);
};

const main = async () => {
  const config = new AppConfig(loadConfig().settings);
  const secret = Secret.find(config.values);
  if (secret === undefined) {
    throw new Error(
      `There is no secret in ${config.values.DATA_DIR}. Run this where the server keeps its data, or set OCTO_SECRET.`,
    );
  }
  const { login, leave } = await findDatabase(config);
  const database = new Database(new Pool({ ...login, max: 2, connectionTimeoutMillis: 5_000 }));
  try {
    const { provenance, acceptance } = openProvenance(database, secret, config);
    if (process.argv.includes('--accept')) {
      console.log(`Lines up to position ${await acceptance.accept()} are accepted as they are.`);
    }
    const report = await provenance.verify();
    tell(report);
    return report.intact ? 0 : 1;
  } catch (error) {
    // undefined_table, undefined_column
    if (!['42P01', '42703'].includes(error.code)) throw error;
    throw new Error('The database is older than this version. Start the server once, which brings it up to date.');
  } finally {
    await database.close();
    await leave();
  }
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
