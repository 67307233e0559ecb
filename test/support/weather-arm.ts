import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';

const INPUT_SCHEMA = {
  type: 'object',
  required: ['location'],
  additionalProperties: false,
  properties: {
    location: { type: 'string', minLength: 1 },
    days: { type: 'integer', minimum: 1, maximum: 14, default: 5 },
    include_analysis: { type: 'boolean', default: true },
  },
};
const OUTPUT_SCHEMA = {
  type: 'object',
  required: ['location', 'forecast', 'confidence'],
  properties: {
    location: { type: 'string' },
    forecast: {
      type: 'array',
      items: {
        type: 'object',
        required: ['timestamp', 'temperature_celsius', 'condition'],
        properties: {
          timestamp: { type: 'string' },
          temperature_celsius: { type: 'number' },
          condition: { enum: ['clear', 'cloudy', 'rainy', 'snowy', 'stormy'] },
          humidity_percent: { type: 'number' },
          wind_speed_kmh: { type: 'number' },
          precipitation_mm: { type: 'number' },
        },
      },
    },
    analysis: { type: ['string', 'null'] },
    confidence: { type: 'number', minimum: 0, maximum: 1 },
    data_source: { type: 'string' },
    cached: { type: 'boolean' },
  },
};

/** One call of `/execute`. */
export interface WeatherCall {
  body: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}
type Reply = [status: number, body: unknown, headers?: Record<string, string>] | 'hang' | 'drop';

interface WeatherRequest {
  location: string;
  days?: number;
  include_analysis?: boolean;
}

const forecast = ({ location, days = 5, include_analysis: analysis = true }: WeatherRequest): object => ({
  location,
  forecast: Array.from({ length: days }, (_, day) => ({
    timestamp: `2026-06-0${day + 1}T12:00:00Z`,
    temperature_celsius: 18 + day,
    condition: day % 2 === 0 ? 'clear' : 'cloudy',
    humidity_percent: 55,
    wind_speed_kmh: 12,
    precipitation_mm: 0,
  })),
  analysis: analysis ? `It gets warmer in ${location} day by day.` : null,
  confidence: 0.85,
  data_source: 'test',
  cached: false,
});

const readJson = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
};

/** The weather arm of the guide as a real HTTP server: three routes, and what goes wrong on demand. */
export class WeatherArm {
  readonly calls: WeatherCall[] = [];
  /** What `/capabilities` says besides or instead. */
  described: Record<string, unknown> = {};
  health: [status: number, body: unknown] = [200, { status: 'healthy', version: '1.0.0', dependencies: {} }];
  /** The most calls that were open at once. */
  busiest = 0;
  /** No call is answered before. */
  held: Promise<void> | undefined;
  private open = 0;
  private readonly replies: Reply[] = [];
  private server: Server | undefined;

  private constructor(private port: number) {}

  static async start(port = 0): Promise<WeatherArm> {
    const arm = new WeatherArm(port);
    await arm.resume();
    return arm;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sets what the next calls of `/execute` get, one each. */
  next(...replies: Reply[]): void {
    this.replies.push(...replies);
  }

  /** Forgets its calls and behaves again. */
  reset(): void {
    this.calls.length = 0;
    this.replies.length = 0;
    this.busiest = 0;
    this.held = undefined;
  }

  /** Listens again, at the same port as before, if it does not. */
  async resume(): Promise<void> {
    if (this.server !== undefined) return;
    const server = createServer((request, response) => void this.handle(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Is gone: the port is closed. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    switch (`${request.method ?? ''} ${request.url ?? ''}`) {
      case 'GET /health':
        send(...this.health);
        return;
      case 'GET /capabilities':
        send(200, {
          arm_id: 'weather',
          name: 'Weather arm',
          description: 'Forecasts the weather of a place.',
          version: '1.0.0',
          capabilities: ['weather_forecast', 'weather_analysis', 'location_weather'],
          input_schema: INPUT_SCHEMA,
          output_schema: OUTPUT_SCHEMA,
          cost_tier: 1,
          average_latency_ms: 300,
          max_concurrent: 10,
          ...this.described,
        });
        return;
      case 'POST /execute': {
        const body = await readJson(request);
        this.calls.push({ body, headers: request.headers });
        this.busiest = Math.max(this.busiest, ++this.open);
        await this.held;
        this.open -= 1;
        const reply = this.replies.shift() ?? [200, forecast(body as unknown as WeatherRequest)];
        if (reply === 'hang') return;
        if (reply === 'drop') response.destroy();
        else send(...reply);
        return;
      }
      default:
        send(404, { detail: 'Not Found' });
    }
  }
}
