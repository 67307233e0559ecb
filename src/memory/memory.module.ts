import { Global, Module } from '@nestjs/common';
import { KnowledgeGraph } from './knowledge-graph.service';
import { LibraryMeaning } from './library-meaning.service';
import { LibraryPort } from './library.port';
import { LibraryRepository } from './library.repository';
import { Library } from './library.service';

@Global()
@Module({
  providers: [KnowledgeGraph, LibraryRepository, LibraryMeaning, { provide: LibraryPort, useClass: Library }],
  exports: [KnowledgeGraph, LibraryPort],
})
export class MemoryModule {}
