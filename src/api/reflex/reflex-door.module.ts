import { Module } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ReflexCacheController } from './cache.controller';
import { KnownAnswers } from './known-answers.service';
import { PreprocessController } from './preprocess.controller';
import { ProcessController } from './process.controller';
import { ReflexBounds } from './reflex-bounds.service';

/** The reflex layer over HTTP. The desk and `LimitsModule`, both global, must be there. */
@Module({
  controllers: [ProcessController, PreprocessController, ReflexCacheController],
  providers: [Clock, KnownAnswers, ReflexBounds],
})
export class ReflexDoorModule {}
