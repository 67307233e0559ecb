/** A file that a task was given or has made. Its bytes are kept apart from what is told about it. */
export type Artifact = {
  id: string;
  /** UUID of the task. */
  taskId: string;
  /** Key of the step that made it; null for one that came with the task. */
  step: string | null;
  /** Where it lies in the workspace: relative, with `/`, without `..`. */
  path: string;
  /** 1 for the first file at this place, then counted up with every change. */
  version: number;
  /** Bytes. */
  size: number;
  /** SHA-256 of the bytes, hex. */
  sha256: string;
  createdAt: string;
  /** False once its bytes were cleaned up. */
  available: boolean;
};
