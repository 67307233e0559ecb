import { z } from 'zod';
import { readServicePorts } from './service-ports';

/** One setting: its shape and the sentence that documents it in `.env.example` and the README. */
const setting = <T extends z.ZodType>(shape: T, description: string): T => shape.describe(description);
const text = (): z.ZodOptional<z.ZodString> => z.string().min(1).optional();
const url = (...schemes: string[]): z.ZodOptional<z.ZodString> =>
  z
    .string()
    .refine((value) => URL.canParse(value) && schemes.some((scheme) => value.startsWith(`${scheme}:`)), {
      message: `a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    })
    .optional();
const whole = (min: number, max: number, fallback: number) => {
  const error = `a whole number from ${min} to ${max}`;
  // Digits alone: Number() would also take '0x1F90', '1e3' and a blank.
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
    .default(fallback);
};
const oneOf = <const V extends readonly [string, ...string[]]>(values: V, fallback: V[number]) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' ? value.toLowerCase() : value),
      z.enum(values, { error: `one of ${values.join(', ')}` }),
    )
    .default(fallback);

const SIMILARITY = '0, or a number from .5 to 1';

/** Every variable the server reads, under its own name, grouped as the documentation shows it. */
export const settings = {
  Server: {
    PORT: setting(whole(0, 65535, 8000), 'Port of the API. 0 takes any free port.'),
    HOST: setting(
      z.string().min(1).default('127.0.0.1'),
      'Address the API listens on. Anything but loopback exposes it to your network.',
    ),
    AUTH_MODE: setting(
      oneOf(['auto', 'open', 'keys'], 'auto'),
      'auto: open while HOST is loopback, else every request needs a key. open and keys say it outright.',
    ),
    OCTO_SECRET: setting(
      z.string().min(32, { error: 'at least 32 characters' }).optional(),
      'Secret that keys are hashed, tokens signed and the action log chained with. Unset: made at the first start and kept in DATA_DIR.',
    ),
    SERVICE_PORTS: setting(
      z
        .string()
        .superRefine((value, context) => {
          const ports = readServicePorts(value);
          if (typeof ports === 'string') context.addIssue({ code: 'custom', message: ports });
        })
        .default('off'),
      'Further ports, each of which answers as one service where services differ.',
    ),
    DATA_DIR: setting(
      z.string().min(1).default('./data'),
      'The one folder that holds everything the embedded mode keeps.',
    ),
    POLICY_FILE: setting(
      text(),
      'What is done with what screening finds, and patterns of your own, in YAML. Unset: policy.yaml in DATA_DIR, if it is there.',
    ),
    ENVIRONMENT: setting(
      oneOf(['development', 'production', 'test'], 'development'),
      'Shown in the log and on /health.',
    ),
    LOG_LEVEL: setting(
      oneOf(['fatal', 'error', 'warning', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
      'Least severe log line that is written.',
    ),
    OCTO_ROLE: setting(
      oneOf(['all', 'api', 'worker'], 'all'),
      'all: one process does everything. api and worker split it over several; both need DATABASE_URL.',
    ),
    SHUTDOWN_TIMEOUT_SECONDS: setting(
      whole(1, 300, 20),
      'How long SIGTERM waits for running steps before they are put back.',
    ),
  },
  Work: {
    MAX_CONCURRENT_TASKS: setting(whole(1, 100, 10), 'Tasks worked on at once; more are accepted and wait.'),
    TASK_TIMEOUT_SECONDS: setting(whole(10, 3600, 300), 'Time budget of a task that names none.'),
    APPROVAL_TIMEOUT_SECONDS: setting(
      whole(10, 604_800, 3_600),
      'How long a step that needs an approval waits for one before it counts as refused.',
    ),
    ANSWER_CACHE_TTL_SECONDS: setting(
      whole(0, 604_800, 3_600),
      'How long the answer of a task is kept for those who ask the same at /preprocess or /reflex. 0 keeps none.',
    ),
    ANSWER_CACHE_SIMILARITY: setting(
      z
        .string()
        .regex(/^(?:0|0?\.\d{1,4}|1(?:\.0{1,4})?)$/, { error: SIMILARITY })
        .transform(Number)
        .refine((value) => value === 0 || value >= 0.5, { error: SIMILARITY })
        .default(0),
      'Least cosine at which another wording of a goal gets the same kept answer. .98 is a good beginning; 0 compares no wordings.',
    ),
    ACTION_LOG_RETENTION_DAYS: setting(
      whole(0, 3_650, 0),
      'Age at which lines of the action log are removed, from its beginning on. 0 keeps all of them.',
    ),
    ARM_REGISTRY: setting(text(), 'Base URLs of arms of your own, comma separated, e.g. http://127.0.0.1:8103.'),
    ARM_DISCOVERY_INTERVAL_SECONDS: setting(whole(1, 3600, 60), 'How often arms of your own are asked how they are.'),
    EXECUTOR_COMMANDS: setting(
      z.string().min(1).default('echo,cat,ls,find,head,tail,grep,git,curl,wget,python3'),
      'Commands the executor may run, comma separated. Rules for their arguments apply in any case. Programs given as source go by their capability instead.',
    ),
    EXECUTOR_HOSTS: setting(
      text(),
      'Hosts the executor may reach over HTTP, comma separated; *.example.com takes subdomains. Unset: none.',
    ),
    TOOLS_FOLDER: setting(
      text(),
      'Folder with programs that callers may use as tools, see the README. Unset: tools in DATA_DIR.',
    ),
    ORCHESTRATOR_DEBUG: setting(
      oneOf(['false', 'true'], 'false').transform((value) => value === 'true'),
      'Whether GET /debug/stats answers.',
    ),
    ARTIFACT_RETENTION_DAYS: setting(
      whole(0, 3650, 30),
      'Days after the end of a task, and after the last use of its workspace, until the bytes of its files are dropped. 0 keeps them.',
    ),
    ARTIFACT_QUOTA_MB: setting(
      whole(0, 10_000_000, 2_048),
      'Megabytes of files that are kept for one caller in all; beyond them the bytes of the oldest are dropped, once their tasks have ended. 0 keeps them.',
    ),
    ARM_CONCURRENCY: setting(
      whole(1, 100, 30),
      'Most steps any one arm runs at once in this process; each arm has a limit of its own besides.',
    ),
    MAX_BODY_BYTES: setting(
      whole(1024, 104_857_600, 1_048_576),
      'Largest request body; a larger one is answered with 413.',
    ),
  },
  Model: {
    OPENAI_API_KEY: setting(text(), 'Key for OpenAI, or for the server named by OPENAI_BASE_URL.'),
    OPENAI_BASE_URL: setting(url('http', 'https'), 'Any OpenAI-compatible server, e.g. http://127.0.0.1:1234/v1.'),
    ANTHROPIC_API_KEY: setting(text(), 'Key for Anthropic; used when no OpenAI setting is given.'),
    OLLAMA_BASE_URL: setting(
      z
        .string()
        .refine((value) => URL.canParse(value), { message: 'a URL' })
        .default('http://127.0.0.1:11434'),
      'Where a local Ollama is looked for when no key is given.',
    ),
    LLM_PROVIDER: setting(
      oneOf(['auto', 'openai', 'anthropic', 'ollama', 'demonstration'], 'auto'),
      'auto takes the first that is configured: OpenAI, Anthropic, a local Ollama, the built-in demonstration model.',
    ),
    LLM_MODEL_FAST: setting(text(), 'Model of the fast tier. Each provider has a default.'),
    LLM_MODEL_BALANCED: setting(text(), 'Model of the balanced tier.'),
    LLM_MODEL_STRONG: setting(text(), 'Model of the strong tier.'),
    LLM_MODEL_PLANNING: setting(text(), 'Model for planning, whatever its tier.'),
    LLM_MODEL_INTENT: setting(text(), 'Model for understanding the goal, whatever its tier.'),
    LLM_EMBEDDING_MODEL: setting(text(), 'Model for embeddings.'),
    LLM_TIMEOUT_SECONDS: setting(whole(1, 600, 60), 'Longest wait for one answer of the model.'),
    LLM_MAX_RETRIES: setting(
      whole(0, 10, 2),
      'Times one call is repeated after 408, 409, 429, 5xx or a broken connection.',
    ),
    LLM_PRICES: setting(
      text(),
      'Prices of models we do not know: model=input/output in USD per million tokens, comma separated.',
    ),
  },
  Database: {
    DATABASE_URL: setting(
      url('postgres', 'postgresql'),
      'PostgreSQL server. Unset: an embedded PostgreSQL in DATA_DIR.',
    ),
    POSTGRES_HOST: setting(
      text(),
      'With POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB: another way to write DATABASE_URL.',
    ),
    POSTGRES_PORT: setting(whole(1, 65535, 5432), 'Port belonging to POSTGRES_HOST.'),
    POSTGRES_USER: setting(z.string().min(1).default('octollm'), 'User belonging to POSTGRES_HOST.'),
    POSTGRES_PASSWORD: setting(text(), 'Password belonging to POSTGRES_HOST.'),
    POSTGRES_DB: setting(z.string().min(1).default('octollm'), 'Database belonging to POSTGRES_HOST.'),
    DATABASE_POOL_SIZE: setting(whole(2, 200, 10), 'Connections kept for queries; the queues have their own.'),
  },
  Queue: {
    REDIS_URL: setting(url('redis', 'rediss'), 'Redis server for the queues. Unset: they live in the same PostgreSQL.'),
    REDIS_PREFIX: setting(
      z.string().min(1).default('octollm'),
      'Name under which the queues stand in Redis. Give each installation that shares a Redis its own.',
    ),
    REDIS_PASSWORD: setting(text(), 'Password for REDIS_URL, if the URL has none.'),
  },
  Vector: {
    QDRANT_URL: setting(
      url('http', 'https'),
      'Qdrant server for the vectors. Unset: they live in the same PostgreSQL and are searched in this process.',
    ),
    QDRANT_API_KEY: setting(text(), 'Key for QDRANT_URL, if it wants one.'),
  },
} as const;

export const configSchema = z.object({
  ...settings.Server,
  ...settings.Work,
  ...settings.Model,
  ...settings.Database,
  ...settings.Queue,
  ...settings.Vector,
});

export type Settings = z.output<typeof configSchema>;
