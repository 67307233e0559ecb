import axios, { type AxiosError, type AxiosInstance } from 'axios';
import axiosRetry from 'axios-retry';

/**
 * A client that behaves as the TypeScript SDK 0.4.0 does, over the same axios and axios-retry: both credentials when both are
 * set, retries by status and method, and every error turned into one of which only the message survives.
 */

export class TsSdkError extends Error {}

export interface TsSdkOptions {
  apiKey?: string;
  bearerToken?: string;
  /** Waits between tries are this many times shorter than the real ones. */
  hurry?: number;
}

interface ErrorBody {
  error: { message?: string };
  request_id?: string;
}

/** Reads `error.message`; a string there loses the text, and a body without `error` breaks it. */
const toSdkError = (failure: AxiosError<ErrorBody>): TsSdkError => {
  if (failure.response === undefined) return new TsSdkError(failure.message);
  return new TsSdkError(failure.response.data.error.message ?? 'An error occurred');
};

const retryable = ({ config, response }: AxiosError): boolean => {
  const safe = ['get', 'put', 'delete'].includes(config?.method ?? '');
  if (response === undefined) return true;
  return response.status >= 500 || (safe && response.status === 429);
};

export class TsSdk {
  private readonly http: AxiosInstance;

  constructor(baseUrl: string, { apiKey, bearerToken, hurry = 1 }: TsSdkOptions = {}) {
    this.http = axios.create({
      baseURL: baseUrl.replace(/\/$/, ''),
      timeout: 30_000,
      headers: {
        'Content-Type': 'application/json',
        ...(apiKey !== undefined && { 'X-API-Key': apiKey }),
        ...(bearerToken !== undefined && { Authorization: `Bearer ${bearerToken}` }),
      },
    });
    axiosRetry(this.http, {
      retries: 3,
      retryDelay: (count) => (2 ** count * 1_000) / hurry,
      retryCondition: retryable,
    });
    this.http.interceptors.response.use(undefined, (failure: AxiosError<ErrorBody>) =>
      Promise.reject(toSdkError(failure)),
    );
  }

  submitTask = (body: object) => this.post('/tasks', body);
  getTask = (id: string) => this.get(`/tasks/${id}`);
  cancelTask = async (id: string): Promise<unknown> => (await this.http.delete<unknown>(`/tasks/${id}`)).data;
  listArms = () => this.get('/arms');
  registerArm = (body: object) => this.post('/arms/register', body);
  preprocess = (body: object) => this.post('/preprocess', body);
  cacheStats = () => this.get('/cache/stats');
  plan = (body: object) => this.post('/plan', body);
  execute = (body: object) => this.post('/execute', body);
  sandboxStatus = (id: string) => this.get(`/sandbox/${id}/status`);
  search = (body: object) => this.post('/search', body);
  code = (body: object) => this.post('/code', body);
  validate = (body: object) => this.post('/validate', body);
  check = (body: object) => this.post('/check', body);

  private async get(path: string): Promise<unknown> {
    return (await this.http.get<unknown>(path)).data;
  }

  private async post(path: string, body: object): Promise<unknown> {
    return (await this.http.post<unknown>(path, body)).data;
  }
}
