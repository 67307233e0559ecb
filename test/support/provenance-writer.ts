import 'reflect-metadata';
import { Pool } from 'pg';
import { ActionMarks } from '../../src/common/action-marks.service';
import { AppConfig } from '../../src/common/config/config.service';
import { parseConfig } from '../../src/common/config/load-config';
import { Secret } from '../../src/common/secret.service';
import { ActionRepository } from '../../src/dispatch/action.repository';
import { Database } from '../../src/drivers/database/database.service';
import { openProvenance } from '../../src/provenance/open-provenance';

/**
 * A process that writes lines into the action log and chains them as fast as it can, until it is killed: `WRITER_LOGIN` is the
 * login as JSON, `WRITER_SEALS=no` has it write only. Says how many lines it has written so far, a number on each line.
 */
const main = async (): Promise<void> => {
  const { WRITER_LOGIN = '{}', WRITER_SEALS, DATA_DIR } = process.env;
  const { settings } = parseConfig({ DATA_DIR });
  const database = new Database(new Pool(JSON.parse(WRITER_LOGIN) as object));
  const secret = Secret.load(settings);
  const { sealer } = openProvenance(database, secret, new AppConfig(settings));
  const actions = new ActionRepository(database, new ActionMarks(secret));
  for (let written = 1; ; written++) {
    await actions.log({ taskId: 'killed', arm: 'executor', type: 'execute', details: { written }, result: {} });
    if (WRITER_SEALS !== 'no') void sealer.seal();
    process.stdout.write(`${written}\n`);
  }
};

void main();
