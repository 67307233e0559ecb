import { Injectable } from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { UserError } from '../common/errors';
import type { Artifact } from '../contracts/artifact';
import type { CollectLimits, CollectedFiles } from '../drivers/sandbox/sandbox.port';
import { ArtifactRepository, type Bounds, type Maker } from './artifact.repository';
import { type WorkspaceFiles, changesBetween, newFile } from './workspace-changes';
import { LIMITS, MEGABYTE, admitted, assertFits } from './workspace-rules';

/** What a sandbox may hand back to be kept. */
export const WORKSPACE_LIMITS: Readonly<CollectLimits> = LIMITS;

/** What became of the files a run has left. */
export interface Kept {
  /** New and changed files. */
  artifacts: Artifact[];
  /** Beyond the bounds of a workspace, or no plain files; with those that the sandbox had left out. */
  leftOut: CollectedFiles['leftOut'];
}

const unknownTask = (taskId: string): UserError => new UserError('resource_not_found', `Task ${taskId} not found`);

/**
 * The files of a task: what it was given and what its steps made. Every step begins with the newest of each file, and what
 * it changes is kept as a new version. What a step made counts once its result does, under the same fence: a lost or repeated
 * attempt leaves nothing that anybody sees. Steps that run side by side each keep what they changed; of two that change the same
 * file, the one that kept it later wins.
 *
 * Files are the user's own bytes: they are kept as they are, never screened and never shown to a model. Text of theirs that a
 * step prints is screened with its output.
 */
@Injectable()
export class Workspaces {
  private readonly bounds: Bounds;

  constructor(
    private readonly repository: ArtifactRepository,
    { values }: AppConfig,
  ) {
    this.bounds = { workspace: LIMITS.totalBytes, holder: values.ARTIFACT_QUOTA_MB * MEGABYTE || Infinity };
  }

  /**
   * The newest of each file, by path; `{}` for a task without any.
   * Errors: `UserError` `artifact_gone` when bytes were cleaned up.
   */
  async open(taskId: string): Promise<WorkspaceFiles> {
    const files = await this.repository.newestFiles(taskId);
    return Object.fromEntries(
      files.map(({ path, content }) => {
        if (content !== null) return [path, content];
        throw new UserError(
          'artifact_gone',
          `workspace: the files of task ${taskId} were cleaned up; start a new run and send the files with it.`,
        );
      }),
    );
  }

  /**
   * Puts files where later steps find them; one that lies there already is not stored again.
   *
   * @param maker null for files that came with the task: they count at once. Else the assignment whose result they belong to.
   * Errors: `UserError` `validation_error` (path, size or number; nothing is stored then), `resource_not_found`.
   */
  async put(taskId: string, maker: Maker | null, files: Record<string, string | Uint8Array>): Promise<Artifact[]> {
    const given = Object.entries(files).map(([path, content]) =>
      newFile(path, typeof content === 'string' ? Buffer.from(content) : content),
    );
    const stored = await this.repository.locked(taskId, async (sql) => {
      const placed = await this.repository.newest(sql, taskId);
      assertFits(
        new Map([...placed.map(sizeOf), ...given.map(({ path, bytes }) => [path, bytes.byteLength] as const)]),
      );
      const hashes = new Map(placed.map(({ path, sha256 }) => [path, sha256]));
      const written = given.filter(({ path, sha256 }) => hashes.get(path) !== sha256);
      const artifacts = await this.repository.add(sql, taskId, maker, { written, removed: [] });
      if (artifacts.length > 0) await this.repository.bound(sql, taskId, this.bounds);
      return artifacts;
    });
    if (stored === undefined) throw unknownTask(taskId);
    return stored;
  }

  /**
   * Keeps what a run made of the files it began with. A file that is gone afterwards is gone for
   * later steps; its versions stay. One that was left out (too large, too many) stays as it was before.
   *
   * @param maker the assignment; a direct run that goes on in another's workspace is still the maker of its files
   * @param before what `open` returned, with what was put since
   * @param after the run's `collected`, asked for with `WORKSPACE_LIMITS`
   * Errors: `UserError` `resource_not_found`.
   */
  async keep(taskId: string, maker: Maker, before: WorkspaceFiles, after: CollectedFiles): Promise<Kept> {
    const { files, leftOut } = admitted(after);
    const changes = changesBetween(before, { files, leftOut });
    const stored = await this.repository.locked(taskId, async (sql) => {
      const artifacts = await this.repository.add(sql, taskId, maker, changes);
      if (artifacts.length > 0) await this.repository.bound(sql, taskId, this.bounds);
      return artifacts;
    });
    if (stored === undefined) throw unknownTask(taskId);
    return { artifacts: stored, leftOut };
  }

  /** Every version of every file that counts, oldest first; of very many, the latest. */
  async list(taskId: string): Promise<Artifact[]> {
    return this.repository.list(taskId);
  }

  /**
   * One version with its bytes.
   * Errors: `UserError` `resource_not_found`; `artifact_gone` when the bytes were cleaned up.
   */
  async read(taskId: string, artifactId: string): Promise<{ artifact: Artifact; bytes: Uint8Array }> {
    const found = await this.repository.find(taskId, artifactId);
    if (found === undefined) throw new UserError('resource_not_found', `Artifact ${artifactId} not found`);
    const { artifact, content } = found;
    if (content !== null) return { artifact, bytes: content };
    throw new UserError(
      'artifact_gone',
      `The bytes of artifact ${artifactId} were cleaned up; its hash and size are still listed. Run the task again to make it anew.`,
    );
  }
}

const sizeOf = ({ path, size }: { path: string; size: number }): readonly [string, number] => [path, size];
