import { Module } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ContractExecute } from './contract-execute.service';

/** The component contracts' way to reach every arm. `HttpModule`, global, must be there. */
@Module({ providers: [Clock, ContractExecute] })
export class ContractDoorModule {}
