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
  @ApiOperation({
    operationId: 'ingestDocuments',
    summary: 'Give the retriever documents to find answers in',
    description:
      'Secrets and personal data of severity medium or higher are replaced by placeholders before anything is stored; `redactions` ' +
      'tells how many. What the policy blocks, and an id or a collection whose name holds such a value, is refused with 403 ' +
      '`policy_violation`: then none of the documents is stored.',
  })
  @ApiBody({ type: IngestDocumentsDto, examples: DOCUMENT_EXAMPLES })
  @ApiCreatedResponse({ type: IngestedDocumentsDto })
  @ApiErrors(403, 413, 415, 422, 503)
  async ingest(@Body() request: IngestDocumentsDto): Promise<Wire<IngestedDocumentsDto>> {
    const collection = request.collection ?? DEFAULT_COLLECTION;
    const { ids, redactions } = await this.intake.ingest(collection, request.documents.map(toDocument));
    return { collection, ids, count: ids.length, redactions };
  }
}
