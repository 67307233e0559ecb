import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Settings } from './config.schema';
import { AppConfig } from './config.service';

@Global()
@Module({})
export class ConfigModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: AppConfig, useValue: new AppConfig(settings) }],
      exports: [AppConfig],
    };
  }
}
