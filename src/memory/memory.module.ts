import { Global, Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module';
import { KnowledgeGraph } from './knowledge-graph.service';
import { LibraryMeaning } from './library-meaning.service';
import { LibraryPort } from './library.port';
import { LibraryRepository } from './library.repository';
import { Library } from './library.service';
import { MemoryFilter } from './memory-filter.service';

@Global()
@Module({
  imports: [GuardrailsModule],
  providers: [
    KnowledgeGraph,
    LibraryRepository,
    LibraryMeaning,
    MemoryFilter,
    { provide: LibraryPort, useClass: Library },
  ],
  exports: [KnowledgeGraph, LibraryPort, MemoryFilter],
})
export class MemoryModule {}
