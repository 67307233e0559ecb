import { ActionMarks } from '../common/action-marks.service';
import type { AppConfig } from '../common/config/config.service';
import type { Secret } from '../common/secret.service';
import type { Database } from '../drivers/database/database.service';
import { Acceptance } from './acceptance.service';
import { ActionRecords } from './action-records.repository';
import { ChainRepository } from './chain.repository';
import { Provenance } from './provenance.service';
import { Sealer } from './sealer.service';

/** The same as `ProvenanceModule` gives, for a program that is no server: `npm run verify`. Nothing runs by itself. */
export const openProvenance = (
  database: Database,
  secret: Secret,
  config: AppConfig,
): { provenance: Provenance; acceptance: Acceptance; sealer: Sealer } => {
  const chain = new ChainRepository(database);
  const marks = new ActionMarks(secret);
  const sealer = new Sealer(chain, marks, secret, config);
  return {
    sealer,
    provenance: new Provenance(chain, sealer, marks, new ActionRecords(database)),
    acceptance: new Acceptance(chain, sealer, marks),
  };
};
