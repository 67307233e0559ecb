import { Global, Module } from '@nestjs/common';
import { KnowledgeGraph } from './knowledge-graph.service';
import { LibraryPort } from './library.port';
import { LibraryRepository } from './library.repository';

@Global()
@Module({
  providers: [KnowledgeGraph, { provide: LibraryPort, useClass: LibraryRepository }],
  exports: [KnowledgeGraph, LibraryPort],
})
export class MemoryModule {}
