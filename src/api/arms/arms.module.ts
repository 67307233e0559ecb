import { Module } from '@nestjs/common';
import { ArmsController } from './arms.controller';
import { Capabilities } from './capabilities.service';

/** The arms over HTTP. The desk, global, must be there. */
@Module({ controllers: [ArmsController], providers: [Capabilities] })
export class ArmsDoorModule {}
