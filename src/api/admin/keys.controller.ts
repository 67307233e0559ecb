import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExcludeController,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiKeys } from '../../access/api-keys.service';
import { Clock } from '../../common/clock';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { validated } from '../http/validation';
import { NEW_KEY_EXAMPLES, ROTATION_EXAMPLES } from './examples';
import { knownId } from './known-id';
import { CreatedKeyDto, KeyDto, KeyListDto, MAX_GRACE_HOURS, NewKeyDto, RotateKeyDto, RotatedKeyDto } from './keys.dto';
import { toCreatedKey, toKey, toNewKey, toRotatedKey } from './keys.mapper';

const ID = { name: 'id', type: 'string', description: 'Id of the key, as GET /keys lists it.' } as const;

@ApiTags('Access')
@Needs('admin')
@Controller('keys')
export class KeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listKeys', summary: 'All API keys, ended ones included' })
  @ApiOkResponse({ type: KeyListDto })
  @ApiErrors(503)
  async list(): Promise<Wire<KeyListDto>> {
    const now = this.clock.now();
    return { keys: (await this.keys.list()).map((record) => toKey(record, now)) };
  }

  @Post()
  @ApiOperation({ operationId: 'createKey', summary: 'Make an API key; it is shown in this answer only' })
  @ApiBody({ type: NewKeyDto, examples: NEW_KEY_EXAMPLES })
  @ApiCreatedResponse({ type: CreatedKeyDto })
  @ApiErrors(400, 413, 415, 503)
  async create(@Body() request: NewKeyDto, @CurrentCaller() caller: Caller): Promise<Wire<CreatedKeyDto>> {
    const now = this.clock.now();
    return toCreatedKey(await this.keys.create(toNewKey(request, now), caller.holder), now);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'readKey', summary: 'One API key' })
  @ApiParam(ID)
  @ApiOkResponse({ type: KeyDto })
  @ApiErrors(404, 503)
  async read(@Param('id') id: string): Promise<Wire<KeyDto>> {
    return toKey(await this.keys.get(knownId(id)), this.clock.now());
  }

  @Delete(':id')
  @HttpCode(200)
  @ApiOperation({ operationId: 'revokeKey', summary: 'End an API key at once' })
  @ApiParam(ID)
  @ApiOkResponse({ type: KeyDto })
  @ApiErrors(404, 503)
  async revoke(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<Wire<KeyDto>> {
    return toKey(await this.keys.revoke(knownId(id), caller.holder), this.clock.now());
  }

  @Post(':id/rotate')
  @ApiOperation({ operationId: 'rotateKey', summary: 'Replace an API key; the old one works on for a grace' })
  @ApiParam(ID)
  @ApiBody({ type: RotateKeyDto, required: false, examples: ROTATION_EXAMPLES })
  @ApiCreatedResponse({ type: RotatedKeyDto })
  @ApiErrors(400, 404, 415, 503)
  async rotate(
    @Param('id') id: string,
    // Typed as anything, because a request without a body is a good one here.
    @Body() body: object | undefined,
    @CurrentCaller() caller: Caller,
  ): Promise<Wire<RotatedKeyDto>> {
    const { grace_hours: hours } = validated(RotateKeyDto, body ?? {}, 'body');
    const issued = await this.keys.rotate(knownId(id), hours ?? MAX_GRACE_HOURS, caller.holder);
    return toRotatedKey(issued, this.clock.now());
  }
}

/** The same under the address some clients know. */
@ApiExcludeController()
@Controller('api/v1/keys')
export class GuideKeysController extends KeysController {}
