import { Global, Module } from '@nestjs/common';
import { ActionMarks } from './action-marks.service';
import { AppConfig } from './config/config.service';
import { Secret } from './secret.service';

/** The server's own secret, and what is made with it in more than one room. */
@Global()
@Module({
  providers: [
    { provide: Secret, inject: [AppConfig], useFactory: ({ values }: AppConfig) => Secret.load(values) },
    ActionMarks,
  ],
  exports: [Secret, ActionMarks],
})
export class SecretModule {}
