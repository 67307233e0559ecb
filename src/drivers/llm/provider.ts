import { UserError } from '../../common/errors';
import type { Settings } from '../../common/config/config.schema';
import { DemonstrationLlm } from './demonstration-llm';
import type { LlmPort, ModelTier } from './llm.port';
import { listModels } from './models-endpoint';
import { type ChosenModel, OpenAiLlm } from './openai-llm';
import { PriceBook } from './prices';

/** Where the choice is told to the operator. */
export interface Log {
  log(message: string): void;
  warn(message: string): void;
}

type Tiers = Record<ModelTier, string>;

const OPENAI_URL = 'https://api.openai.com/v1';
const OPENAI_MODELS: Tiers = { fast: 'gpt-6-luna', balanced: 'gpt-6.1-terra', strong: 'gpt-6.1-sol' };
const OPENAI_EMBEDDINGS = 'text-embedding-3-small';
const ANTHROPIC_URL = 'https://api.anthropic.com/v1/';
const ANTHROPIC_MODELS: Tiers = {
  fast: 'claude-haiku-5-5',
  balanced: 'claude-sonnet-5-5',
  strong: 'claude-opus-5-5',
};
/** Sent where a server wants none, because the client insists on a key. */
const NO_KEY = 'none';
const OLLAMA_PATIENCE_MS = 300;
const DISCOVERY_PATIENCE_MS = 2_000;

const EMBEDDING_NAME = /embed|bge-|(^|\/)e5-|gte-/i;
const NOT_CHAT_NAME = /rerank|whisper|tts|dall-e|image|audio|realtime|transcri|moderation|guard|clip|diffusion/i;
const isEmbeddingName = (name: string): boolean => EMBEDDING_NAME.test(name);
const isChatName = (name: string): boolean => !isEmbeddingName(name) && !NOT_CHAT_NAME.test(name);

/** A server that was decided on. */
interface Endpoint {
  provider: string;
  baseUrl: string;
  apiKey: string;
  keyVariable: string;
  tiers: Tiers;
  embeddingModel: string | undefined;
}

const missing = (message: string): UserError => new UserError('configuration_invalid', message);

/** LLM_MODEL_* of a server whose models we cannot know: one that is named serves the tiers that are not. */
const namedTiers = (settings: Settings): Tiers | undefined => {
  const { LLM_MODEL_FAST: fast, LLM_MODEL_BALANCED: balanced, LLM_MODEL_STRONG: strong } = settings;
  const any = balanced ?? fast ?? strong;
  return any === undefined ? undefined : { fast: fast ?? any, balanced: balanced ?? any, strong: strong ?? any };
};

const oneModel = (name: string): Tiers => ({ fast: name, balanced: name, strong: name });

const openAi = async (settings: Settings, log: Log): Promise<Endpoint> => {
  const { OPENAI_API_KEY, OPENAI_BASE_URL = OPENAI_URL } = settings;
  const apiKey = OPENAI_API_KEY ?? NO_KEY;
  const endpoint = { baseUrl: OPENAI_BASE_URL, apiKey, keyVariable: 'OPENAI_API_KEY' };
  if (new URL(OPENAI_BASE_URL).host === new URL(OPENAI_URL).host) {
    return { ...endpoint, provider: 'openai', tiers: OPENAI_MODELS, embeddingModel: OPENAI_EMBEDDINGS };
  }

  const named = namedTiers(settings);
  const ids = await listModels(OPENAI_BASE_URL, { authorization: `Bearer ${apiKey}` }, DISCOVERY_PATIENCE_MS).then(
    (list) => list.ids,
    (): string[] => [],
  );
  const found = ids.find(isChatName);
  if (named === undefined && found === undefined) {
    log.warn(
      `${new URL(OPENAI_BASE_URL).host} did not name a chat model; OpenAI's names are used (${Object.values(OPENAI_MODELS).join(', ')}). Set LLM_MODEL_BALANCED to a model it has.`,
    );
  }
  return {
    ...endpoint,
    provider: 'openai-compatible',
    tiers: named ?? (found === undefined ? OPENAI_MODELS : oneModel(found)),
    embeddingModel: ids.find(isEmbeddingName),
  };
};

const anthropic = ({ ANTHROPIC_API_KEY: apiKey }: Settings): Endpoint => {
  if (apiKey === undefined) {
    throw missing(
      'ANTHROPIC_API_KEY is not set, but LLM_PROVIDER=anthropic needs it. Set it, or set LLM_PROVIDER=auto.',
    );
  }
  return {
    provider: 'anthropic',
    baseUrl: ANTHROPIC_URL,
    apiKey,
    keyVariable: 'ANTHROPIC_API_KEY',
    tiers: ANTHROPIC_MODELS,
    embeddingModel: undefined,
  };
};

/** The Ollama at OLLAMA_BASE_URL, or why it cannot be used. Its list begins with the model installed last: that one is taken. */
const ollama = async (settings: Settings): Promise<Endpoint | string> => {
  const baseUrl = `${settings.OLLAMA_BASE_URL.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`;
  const list = await listModels(baseUrl, {}, OLLAMA_PATIENCE_MS).catch(() => undefined);
  if (list?.status !== 200) return `no Ollama answers at OLLAMA_BASE_URL (${new URL(baseUrl).host})`;
  const found = list.ids.find(isChatName);
  const tiers = namedTiers(settings) ?? (found === undefined ? undefined : oneModel(found));
  if (tiers === undefined) return 'the Ollama at OLLAMA_BASE_URL has no chat model: run "ollama pull" for one';
  return {
    provider: 'ollama',
    baseUrl,
    apiKey: NO_KEY,
    keyVariable: 'OLLAMA_BASE_URL',
    tiers,
    embeddingModel: list.ids.find(isEmbeddingName),
  };
};

/** Decides on a server: the one LLM_PROVIDER names, else the first that is configured or answers. Undefined: none. */
const choose = async (settings: Settings, log: Log): Promise<Endpoint | undefined> => {
  const { LLM_PROVIDER, OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY } = settings;
  const hasOpenAi = OPENAI_API_KEY !== undefined || OPENAI_BASE_URL !== undefined;
  switch (LLM_PROVIDER) {
    case 'demonstration':
      return undefined;
    case 'openai':
      if (!hasOpenAi) {
        throw missing(
          'OPENAI_API_KEY is not set, but LLM_PROVIDER=openai needs it (or OPENAI_BASE_URL). Set one, or set LLM_PROVIDER=auto.',
        );
      }
      return openAi(settings, log);
    case 'anthropic':
      return anthropic(settings);
    case 'ollama': {
      const found = await ollama(settings);
      if (typeof found === 'string') {
        throw missing(`LLM_PROVIDER=ollama cannot be served: ${found}. Start it, or set LLM_PROVIDER=auto.`);
      }
      return found;
    }
    default: {
      if (hasOpenAi) return openAi(settings, log);
      if (ANTHROPIC_API_KEY !== undefined) return anthropic(settings);
      const found = await ollama(settings);
      return typeof found === 'string' ? undefined : found;
    }
  }
};

/**
 * The language model the configuration asks for.
 * @throws UserError `configuration_invalid` when the provider that LLM_PROVIDER forces cannot be used, or LLM_PRICES is wrong.
 */
export const createLlm = async (settings: Settings, log: Log): Promise<LlmPort> => {
  const endpoint = await choose(settings, log);
  if (endpoint === undefined) {
    log.log(
      'Model: the built-in demonstration model, which can do the sample goals only. Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or start Ollama, for a real one.',
    );
    return new DemonstrationLlm();
  }

  const { provider, baseUrl, apiKey, keyVariable, tiers } = endpoint;
  const chosen = (name: string | undefined, variable: string): ChosenModel | undefined =>
    name === undefined ? undefined : { name, variable };
  const plan = chosen(settings.LLM_MODEL_PLANNING, 'LLM_MODEL_PLANNING');
  const intent = chosen(settings.LLM_MODEL_INTENT, 'LLM_MODEL_INTENT');
  log.log(
    `Model: ${provider} at ${new URL(baseUrl).host} (fast ${settings.LLM_MODEL_FAST ?? tiers.fast}, balanced ${settings.LLM_MODEL_BALANCED ?? tiers.balanced}, strong ${settings.LLM_MODEL_STRONG ?? tiers.strong}).`,
  );
  return new OpenAiLlm({
    provider,
    baseUrl,
    apiKey,
    keyVariable,
    tiers: {
      fast: { name: settings.LLM_MODEL_FAST ?? tiers.fast, variable: 'LLM_MODEL_FAST' },
      balanced: { name: settings.LLM_MODEL_BALANCED ?? tiers.balanced, variable: 'LLM_MODEL_BALANCED' },
      strong: { name: settings.LLM_MODEL_STRONG ?? tiers.strong, variable: 'LLM_MODEL_STRONG' },
    },
    purposes: { ...(plan && { plan }), ...(intent && { intent }) },
    embeddingModel: settings.LLM_EMBEDDING_MODEL ?? endpoint.embeddingModel,
    timeoutSeconds: settings.LLM_TIMEOUT_SECONDS,
    maxRetries: settings.LLM_MAX_RETRIES,
    prices: new PriceBook({ overrides: settings.LLM_PRICES, baseUrl, warn: (message) => log.warn(message) }),
  });
};
