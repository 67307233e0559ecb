import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IntakePort, type NewDocument } from '../../intake/intake.port';
import { Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import { DEFAULT_COLLECTION, IngestDocumentsDto, IngestedDocumentsDto, type NewDocumentDto } from './documents.dto';
import type { Wire } from '../http/types';
import { DOCUMENT_EXAMPLES } from './examples';

const toDocument = ({ id, content, source, metadata }: NewDocumentDto): NewDocument => ({
  content,
  ...(typeof id === 'string' && { id }),
  ...(typeof source === 'string' && { source }),
  ...(typeof metadata === 'object' && metadata !== null && { metadata }),
});

@ApiTags('Documents')
@Controller('api/v1/documents')
export class DocumentsController {
  constructor(private readonly intake: IntakePort) {}

  @Post()
  @Needs('memory:write')
  @ApiOperation({ operationId: 'ingestDocuments', summary: 'Give the retriever documents to find answers in' })
  @ApiBody({ type: IngestDocumentsDto, examples: DOCUMENT_EXAMPLES })
  @ApiCreatedResponse({ type: IngestedDocumentsDto })
  @ApiErrors(413, 415, 422, 503)
  async ingest(@Body() request: IngestDocumentsDto): Promise<Wire<IngestedDocumentsDto>> {
    const collection = request.collection ?? DEFAULT_COLLECTION;
    const { ids } = await this.intake.ingest(collection, request.documents.map(toDocument));
    return { collection, ids, count: ids.length };
  }
}
