import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { serviceNamed } from '../../contracts/service';
import { ArmDesk } from '../../intake/arm-desk.port';
import { Needs, Public } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import { serviceOf } from '../http/service';
import type { HttpRequest, Wire } from '../http/types';
import { RegisterArmDto } from './arm-request.dto';
import { toNewArm } from './arm-request.mapper';
import { ArmDto, ArmHealthDto, ArmsDto, CapabilitiesDto, RegisteredArmDto, RemovedArmDto } from './arm-response.dto';
import { toArmDto, toArmHealth } from './arm-response.mapper';
import { Capabilities } from './capabilities.service';
import { ARM_EXAMPLES } from './examples';

const ARM = { name: 'arm_id', type: 'string', description: 'Id of the arm', example: 'weather' } as const;
const BODY = { type: RegisterArmDto, examples: ARM_EXAMPLES };

const baseOf = ({ protocol, headers }: HttpRequest): string => `${protocol}://${headers.host ?? 'localhost'}`;

@ApiTags('Arms')
@Controller()
export class ArmsController {
  constructor(
    private readonly desk: ArmDesk,
    private readonly capabilities: Capabilities,
  ) {}

  @Get('arms')
  @Needs('arm:list')
  @ApiOperation({ operationId: 'listArms', summary: 'Every arm, built in and brought by users' })
  @ApiOkResponse({ type: ArmsDto })
  @ApiErrors(503)
  async list(@Req() request: HttpRequest): Promise<Wire<ArmsDto>> {
    return { arms: (await this.desk.list()).map((arm) => toArmDto(arm, baseOf(request))) };
  }

  @Get('capabilities')
  @Needs('arm:list')
  @ApiOperation({
    operationId: 'getCapabilities',
    summary: 'What can be done here',
    description:
      "All arms together; on an arm's port or behind its name (`/coder/capabilities`) that arm alone, without a key.",
  })
  @ApiOkResponse({ type: CapabilitiesDto })
  @ApiErrors(503)
  able(@Req() request: HttpRequest): Promise<Wire<CapabilitiesDto>> {
    return this.capabilities.of(serviceOf(request.raw), baseOf(request));
  }

  @Post('arms/register')
  @HttpCode(200)
  @Needs('arm:register')
  @ApiOperation({ operationId: 'registerArm', summary: 'Add an arm of your own, or say what is new about it' })
  @ApiBody(BODY)
  @ApiOkResponse({ type: RegisteredArmDto })
  @ApiErrors(400, 413, 415, 503)
  async register(@Body() body: RegisterArmDto, @Req() request: HttpRequest): Promise<Wire<RegisteredArmDto>> {
    const { isNew, arm } = await this.desk.register(toNewArm(body));
    const status = isNew ? 'registered' : 'updated';
    const message = `Arm ${arm.id} ${status}; it is ${arm.health} at ${arm.endpoint ?? ''}.`;
    return { status, arm_id: arm.id, message, arm: toArmDto(arm, baseOf(request)) };
  }

  @Post('registry/arms')
  @HttpCode(200)
  @Needs('arm:register')
  @ApiOperation({ operationId: 'registerArmInRegistry', summary: 'The same as POST /arms/register' })
  @ApiBody(BODY)
  @ApiOkResponse({ type: RegisteredArmDto })
  @ApiErrors(400, 413, 415, 503)
  registerInRegistry(@Body() body: RegisterArmDto, @Req() request: HttpRequest): Promise<Wire<RegisteredArmDto>> {
    return this.register(body, request);
  }

  @Post('api/v1/arms/register')
  @HttpCode(200)
  @Needs('arm:register')
  @ApiOperation({ operationId: 'registerGuideArm', summary: 'The same as POST /arms/register' })
  @ApiBody(BODY)
  @ApiOkResponse({ type: RegisteredArmDto })
  @ApiErrors(400, 413, 415, 422, 503)
  registerGuide(@Body() body: RegisterArmDto, @Req() request: HttpRequest): Promise<Wire<RegisteredArmDto>> {
    return this.register(body, request);
  }

  @Delete('arms/:arm_id')
  @Needs('arm:register')
  @ApiOperation({ operationId: 'removeArm', summary: 'Take an arm of your own away' })
  @ApiParam(ARM)
  @ApiOkResponse({ type: RemovedArmDto })
  @ApiErrors(400, 404, 503)
  async remove(@Param('arm_id') given: string): Promise<Wire<RemovedArmDto>> {
    const { id } = await this.desk.remove(serviceNamed(given) ?? given);
    return { status: 'removed', arm_id: id, message: `Arm ${id} was removed.` };
  }

  @Get(':arm_id/health')
  @Public()
  @ApiOperation({ operationId: 'getArmHealth', summary: 'How an arm of a user was when it was last asked' })
  @ApiParam(ARM)
  @ApiOkResponse({ type: ArmHealthDto })
  @ApiErrors(404, 503)
  async health(@Param('arm_id') id: string): Promise<Wire<ArmHealthDto>> {
    return toArmHealth(await this.desk.get(id));
  }

  @Get(':arm_id/capabilities')
  @Public()
  @ApiOperation({ operationId: 'getArmCapabilities', summary: 'What an arm of a user can do' })
  @ApiParam(ARM)
  @ApiOkResponse({ type: ArmDto })
  @ApiErrors(404, 503)
  async capabilitiesOf(@Param('arm_id') id: string, @Req() request: HttpRequest): Promise<Wire<ArmDto>> {
    return toArmDto(await this.desk.get(id), baseOf(request));
  }
}
