import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { GrantOffice } from '../../access/capability-tokens.service';
import { Clock } from '../../common/clock';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { NEW_TOKEN_EXAMPLES, VERIFICATION_EXAMPLES } from './examples';
import {
  CapabilityDto,
  IssuedTokenDto,
  NewTokenDto,
  TokenDto,
  TokenListDto,
  VerifiedTokenDto,
  VerifyTokenDto,
} from './tokens.dto';
import { toGrantRequest, toIssuedToken, toToken, toVerified } from './tokens.mapper';

@ApiTags('Access')
@ApiExtraModels(CapabilityDto)
@Controller()
export class TokensController {
  constructor(
    private readonly grants: GrantOffice,
    private readonly clock: Clock,
  ) {}

  @Get('tokens')
  @Needs('admin')
  @ApiOperation({ operationId: 'listTokens', summary: 'Capability tokens issued lately' })
  @ApiOkResponse({ type: TokenListDto })
  @ApiErrors(503)
  async list(): Promise<Wire<TokenListDto>> {
    const now = this.clock.now();
    return { tokens: (await this.grants.list()).map((grant) => toToken(grant, now)) };
  }

  @Post('tokens')
  @Needs('admin')
  @ApiOperation({ operationId: 'issueToken', summary: 'Let an arm do something for 5 to 60 minutes' })
  @ApiBody({ type: NewTokenDto, examples: NEW_TOKEN_EXAMPLES })
  @ApiCreatedResponse({ type: IssuedTokenDto })
  @ApiErrors(400, 413, 415, 503)
  async issue(@Body() request: NewTokenDto, @CurrentCaller() caller: Caller): Promise<Wire<IssuedTokenDto>> {
    const wanted = toGrantRequest(request, caller);
    const issued = await (request.kind === 'jwt' ? this.grants.sign(wanted) : this.grants.issue(wanted));
    return toIssuedToken(issued, this.clock.now());
  }

  @Delete('tokens/:id')
  @HttpCode(200)
  @Needs('admin')
  @ApiOperation({ operationId: 'revokeToken', summary: 'End a capability token at once' })
  @ApiParam({
    name: 'id',
    type: 'string',
    description: 'Id of the token, as GET /tokens lists it; the `jti` of a signed one.',
  })
  @ApiOkResponse({ type: TokenDto })
  @ApiErrors(404, 503)
  async revoke(@Param('id') id: string): Promise<Wire<TokenDto>> {
    return toToken(await this.grants.end(id), this.clock.now());
  }

  @Post('verify-token')
  @HttpCode(200)
  @Needs('task:read')
  @ApiOperation({ operationId: 'verifyToken', summary: 'What a capability token is worth; it is not used by this' })
  @ApiBody({ type: VerifyTokenDto, examples: VERIFICATION_EXAMPLES })
  @ApiOkResponse({ type: VerifiedTokenDto })
  @ApiErrors(400, 413, 415, 503)
  async verify(@Body() { token }: VerifyTokenDto): Promise<Wire<VerifiedTokenDto>> {
    return toVerified(await this.grants.inspect(token));
  }
}
