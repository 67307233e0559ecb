import { Module } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ContractController } from './contract.controller';
import { ContractExecute } from './contract-execute.service';

/** The component contracts over HTTP. `AccessModule` and `HttpModule`, both global, must be there. */
@Module({ controllers: [ContractController], providers: [Clock, ContractExecute] })
export class ContractDoorModule {}
