import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../common/config/config.service';
import { UserError } from '../../../common/errors';
import { schemaProblems } from '../../../common/json-schema/json-schema';
import { LimitedLog } from '../../../common/log/limited-log';
import { ServiceFacts } from '../../../common/service-facts';
import type { JsonObject, JsonValue } from '../../../contracts/json';
import { TOOL_NAME, type Tool, ToolFault, inputCheckOf } from './tool';
import { namesIn, readTool } from './tool-folder';

/**
 * The tools of this server: programs that its owner lays into a folder, `name.py`, `name.js` or `name.ts`, each with a
 * `name.json` that says more where there is more to say. They are read when they are used, so that a change needs no restart.
 */
@Injectable()
export class ToolShelf implements OnModuleInit {
  private readonly log = new LimitedLog(new Logger(ToolShelf.name));
  private readonly folder: string;

  constructor(
    { values }: AppConfig,
    private readonly facts: ServiceFacts,
  ) {
    this.folder = values.TOOLS_FOLDER ?? join(values.DATA_DIR, 'tools');
  }

  onModuleInit(): void {
    this.facts.provide('executor', async () => ({ tools: await this.list() }));
  }

  /** What there is, under the names of the wire. A tool that cannot be used says why. */
  async list(): Promise<JsonObject[]> {
    return Promise.all(
      (await namesIn(this.folder)).map(async (name) => {
        try {
          const tool = await this.find(name);
          if (tool === undefined) return { name, problem: 'It is being changed.' };
          await inputCheckOf(tool);
          return shown(tool);
        } catch (error) {
          return { name: name.slice(0, 80), problem: this.problemOf(error) };
        }
      }),
    );
  }

  /** As its files are now. Errors: `UserError` `resource_not_found`. */
  async get(name: string): Promise<Tool> {
    const tool = await this.usable(name, () => this.find(name));
    if (tool !== undefined) return tool;
    const names = (await namesIn(this.folder)).filter((each) => TOOL_NAME.test(each));
    const there = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
    throw new UserError(
      'resource_not_found',
      `There is no tool '${name.slice(0, 64)}' here; ${there}. The owner of the server lays them into TOOLS_FOLDER.`,
    );
  }

  /** Errors: `UserError` `validation_error` when the tool does not take this, `resource_not_found` when nobody can tell. */
  async checkInput(tool: Tool, input: JsonValue): Promise<void> {
    const check = await this.usable(tool.name, () => inputCheckOf(tool));
    const problems = check === undefined ? [] : await schemaProblems(check, input);
    if (problems.length === 0) return;
    throw new UserError(
      'validation_error',
      `input: the tool ${tool.name} does not take this: ${problems.join('; ')}.`,
      {
        details: { field: 'input', constraint: 'input_schema' },
      },
    );
  }

  private async usable<T>(name: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw new UserError(
        'resource_not_found',
        `The tool '${name.slice(0, 64)}' cannot be used: ${this.problemOf(error)}`,
      );
    }
  }

  private async find(name: string): Promise<Tool | undefined> {
    if (TOOL_NAME.test(name)) return readTool(this.folder, name);
    if ((await namesIn(this.folder)).includes(name)) {
      throw new ToolFault('a name has small letters, digits, _ and - only, 1 to 64 of them; rename the file.');
    }
    return undefined;
  }

  private problemOf(error: unknown): string {
    if (!(error instanceof ToolFault)) throw error;
    this.log.warn('A tool cannot be used', error);
    return error.message;
  }
}

const shown = ({
  name,
  description,
  runtime,
  engine,
  inputSchema,
  capabilities,
  timeoutSeconds,
}: Tool): JsonObject => ({
  name,
  description,
  runtime,
  engine,
  capabilities,
  ...(inputSchema !== undefined && { input_schema: inputSchema }),
  ...(timeoutSeconds !== undefined && { timeout_seconds: timeoutSeconds }),
});
