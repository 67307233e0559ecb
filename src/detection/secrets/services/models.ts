import { hex, type KeyShape, letters, shape, urlsafe, uuid, word } from '../key-shape';

const OPENAI = { kind: 'openai_api_key', placeholder: '[OPENAI-KEY-REDACTED]' };

/** Services that answer with models, and those around them. */
export const MODEL_SERVICES: readonly KeyShape[] = [
  shape(
    'openai',
    'sk-',
    `(?!ant-|or-|lf-)(?:[A-Za-z0-9]{48}|(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,250})`,
    letters(48),
    OPENAI,
  ),
  urlsafe('anthropic', 'sk-ant-', 60, 200),
  hex('openrouter', 'sk-or-v1-', 64),
  // The shape of OpenAI's oldest keys, shorter and in hexadecimal digits.
  hex('deepseek', 'sk-', 32),
  uuid('langfuse', 'sk-lf-'),
  word('groq', 'gsk_', 52),
  word('xai', 'xai-', 70, 90),
  word('perplexity', 'pplx-', 40, 60),
  word('replicate', 'r8_', 37, 40),
  shape('huggingface', 'hf_', '[A-Za-z]{34}', 'aBcDeFgHiJ'.repeat(4).slice(0, 34)),
  shape('huggingface', 'api_org_', '[A-Za-z]{34}', 'aBcDeFgHiJ'.repeat(4).slice(0, 34)),
  urlsafe('langsmith', 'lsv2_', 40, 60),
  word('cerebras', 'csk-', 40, 60),
  word('fireworks', 'fw_', 22, 40),
  urlsafe('nvidia', 'nvapi-', 60, 70),
  urlsafe('pinecone', 'pcsk_', 50, 90),
  hex('elevenlabs', 'sk_', 48),
  word('anyscale', 'esecret_', 24, 40),
  urlsafe('voyage', 'pa-', 43, 43, { notAfter: '[\\w-]' }),
  word('dify', 'app-', 24, 24, { notAfter: '[\\w-]', body: '(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}' }),
];
