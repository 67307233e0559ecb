import { Module } from '@nestjs/common';
import { Detection } from './detection.service';

@Module({ providers: [Detection], exports: [Detection] })
export class DetectionModule {}
