import { Global, Module } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ArmDoors } from './arm-doors.service';
import { Doorkeeper } from './doorkeeper.service';
import { HttpListeners } from './listeners.service';

/** What every door may need of the server itself. */
@Global()
@Module({ providers: [Clock, ArmDoors, Doorkeeper, HttpListeners], exports: [ArmDoors, Doorkeeper, HttpListeners] })
export class HttpModule {}
