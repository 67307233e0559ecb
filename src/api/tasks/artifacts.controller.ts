import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UserError } from '../../common/errors';
import { isUuid } from '../../common/ids';
import { Workspaces } from '../../workshop/workspaces.service';
import { Needs } from '../http/access.decorator';
import { echoText } from '../http/echo';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { ArtifactListDto } from './artifact.dto';
import { downloadHeaders, isKnown, toArtifactBody } from './artifact.mapper';
import { TaskDoors } from './task-doors.service';
import { ApiTaskId } from './task-route.decorator';

const BYTES = { schema: { type: 'string', format: 'binary' } } as const;

/** Files of a task's workspace; an arm that was called by itself has one too, under the id of its run. */
@ApiTags('Artifacts')
@Controller('api/v1/tasks/:id/artifacts')
export class ArtifactsController {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly doors: TaskDoors,
  ) {}

  @Get()
  @Needs('task:read')
  @ApiOperation({ operationId: 'listArtifacts', summary: 'Files that a task was given or made, with their hashes' })
  @ApiTaskId()
  @ApiOkResponse({ type: ArtifactListDto })
  @ApiErrors(404, 503)
  async list(@Param('id') id: string): Promise<Wire<ArtifactListDto>> {
    const artifacts = await this.workspaces.list(await this.doors.idOf(id));
    return { artifacts: artifacts.map((artifact) => toArtifactBody(artifact, id)) };
  }

  @Get(':artifact_id')
  @Needs('task:read')
  @ApiOperation({ operationId: 'downloadArtifact', summary: 'The bytes of one of these files' })
  @ApiTaskId()
  @ApiParam({ name: 'artifact_id', schema: { type: 'string', format: 'uuid' } })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of bytes that are known already.' })
  @ApiOkResponse({
    description: 'The bytes; the header ETag has their SHA-256.',
    content: { 'text/plain': BYTES, 'application/octet-stream': BYTES },
  })
  @ApiResponse({ status: 304, description: 'They are the ones that are known already.' })
  @ApiErrors(404, 410, 503)
  async download(
    @Param('id') id: string,
    @Param('artifact_id') artifactId: string,
    @Headers('if-none-match') condition: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Uint8Array | undefined> {
    const taskId = await this.doors.idOf(id);
    if (!isUuid(artifactId)) {
      throw new UserError('resource_not_found', `Artifact ${echoText(artifactId)} not found`);
    }
    const { artifact, bytes } = await this.workspaces.read(taskId, artifactId);
    reply.headers(downloadHeaders(artifact, bytes));
    if (!isKnown(artifact, condition)) return bytes;
    reply.code(304);
    return undefined;
  }
}
