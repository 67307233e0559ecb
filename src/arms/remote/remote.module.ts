import { Module } from '@nestjs/common';
import { REMOTE } from '../../contracts/arm';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { ArmHttp } from './arm-http.service';
import { Checkup } from './checkup.service';
import { Discovery } from './discovery.service';
import { RemoteArms } from './remote-arms.service';

@Module({ imports: [ArmQueueModule.for(REMOTE)], providers: [ArmHttp, Checkup, Discovery, RemoteArms] })
export class RemoteArmsModule {}
