import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { newId } from '../../common/ids';
import { errorAnswer } from './error.mapper';
import { writeRawAnswer } from './raw-answer';

const STATUSES: Partial<Record<string, [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are larger than this server accepts.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request was not complete in time; send it again as a whole.'],
};

/** Answers bytes that Node cannot read as HTTP, in the form of every other error, and gives the connection up. */
export const answerMalformed = (error: NodeJS.ErrnoException, socket: Socket): void => {
  // Node keeps the answer that is being written here; a second one in its midst would garble it.
  const { _httpMessage: current } = socket as Socket & { _httpMessage?: ServerResponse | null };
  if (error.code === 'ECONNRESET' || !socket.writable || current?.headersSent === true) {
    socket.destroy();
    return;
  }
  const [statusCode, message] = STATUSES[error.code ?? ''] ?? [400, 'What was sent is not a valid HTTP/1.1 request.'];
  const fault = Object.assign(new Error(message), { statusCode });
  const nothingKnown = {
    requestId: newId(),
    method: '',
    path: '',
    askedPath: '',
    userAgent: '',
    dialect: '',
    prefix: undefined,
    service: 'orchestrator',
  } as const;
  writeRawAnswer(socket, errorAnswer(fault, nothingKnown, new Date()));
};
