import { Module } from '@nestjs/common';
import { EpisodeMeaning } from './episode-meaning.service';
import { EpisodePort } from './episode.port';
import { EpisodeRepository } from './episode.repository';
import { Episodes } from './episodes.service';

/** Solved problems. Needs the database, the vectors, the model and the memory filter, all global. */
@Module({
  providers: [EpisodeRepository, EpisodeMeaning, { provide: EpisodePort, useClass: Episodes }],
  exports: [EpisodePort],
})
export class EpisodesModule {}
