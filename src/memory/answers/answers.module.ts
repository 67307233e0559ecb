import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { AnswerMeaning } from './answer-meaning.service';
import { AnswerSettings } from './answer-settings';
import { AnswerRepository } from './answer.repository';
import { AnswerCache } from './answers.service';

/** Answers worth asking for before work begins. Needs the database, the vectors, the model and the guardrails, all global. */
@Global()
@Module({
  providers: [
    AnswerRepository,
    AnswerMeaning,
    AnswerCache,
    {
      provide: AnswerSettings,
      inject: [AppConfig],
      useFactory: ({ values }: AppConfig): AnswerSettings => ({
        ttlSeconds: values.ANSWER_CACHE_TTL_SECONDS,
        similarity: values.ANSWER_CACHE_SIMILARITY,
      }),
    },
  ],
  exports: [AnswerCache],
})
export class AnswersModule {}
