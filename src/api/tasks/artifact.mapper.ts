import { isUtf8 } from 'node:buffer';
import { posix } from 'node:path';
import type { Artifact } from '../../contracts/artifact';
import type { Wire } from '../http/types';
import type { ArtifactDto } from './artifact.dto';

/** `taskId` is the task's id as the caller wrote it. */
export const toArtifactBody = (artifact: Artifact, taskId: string): Wire<ArtifactDto> => ({
  id: artifact.id,
  task_id: taskId,
  step: artifact.step,
  path: artifact.path,
  version: artifact.version,
  size: artifact.size,
  sha256: artifact.sha256,
  created_at: artifact.createdAt,
  available: artifact.available,
  url: `/api/v1/tasks/${taskId}/artifacts/${artifact.id}`,
});

/** Of RFC 8187's `attr-char` what `encodeURIComponent` leaves alone and the header does not. */
const NOT_IN_HEADER = /['()*]/g;

/** How a file is handed out: to be saved under its name, never to be shown as a page. A program wrote both name and bytes. */
export const downloadHeaders = ({ path, sha256 }: Artifact, bytes: Uint8Array): Record<string, string> => {
  const name = posix.basename(path);
  const plain = name.replace(/[^\w.-]/g, '_');
  const exact = encodeURIComponent(name).replace(
    NOT_IN_HEADER,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const isText = isUtf8(bytes) && !bytes.includes(0);
  return {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
    'x-content-type-options': 'nosniff',
    etag: etagOf(sha256),
  };
};

const etagOf = (sha256: string): string => `"${sha256}"`;

/** Whether the caller has these very bytes already. `condition` is the header If-None-Match. */
export const isKnown = ({ sha256 }: Artifact, condition: string | undefined): boolean =>
  condition?.split(',').some((tag) => ['*', etagOf(sha256)].includes(tag.trim().replace(/^W\//, ''))) ?? false;
