import { Global, Module } from '@nestjs/common';
import { ActionRecords } from './action-records.repository';
import { ChainRepository } from './chain.repository';
import { Provenance } from './provenance.service';
import { Retention } from './retention.service';
import { Sealer } from './sealer.service';

/** The action log, and the proof that it is what it was. Needs the database and the secret. */
@Global()
@Module({
  providers: [ActionRecords, ChainRepository, Provenance, Retention, Sealer],
  exports: [Provenance],
})
export class ProvenanceModule {}
