import { Injectable } from '@nestjs/common';
import { UserError } from '../../common/errors';
import type { Assignment } from '../../contracts/arm';
import type { CodeArtifact } from '../../contracts/outcome';
import { Workspaces } from '../../workshop/workspaces.service';
import { artifactFiles } from './artifact-files';

/** Lays what a step has written into the workspace of its task, where later steps and the user find it. */
@Injectable()
export class FinishedWork {
  constructor(private readonly workspaces: Workspaces) {}

  /** Says why, where it could not be: a workspace has bounds, and the work itself is worth no less for that. */
  async layDown(assignment: Assignment, artifact: CodeArtifact): Promise<string[]> {
    try {
      await this.workspaces.put(assignment.taskId, assignment, artifactFiles(artifact));
      return [];
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'validation_error') throw error;
      return [`The code was not put among the files of the task: ${error.message}`];
    }
  }
}
