import type { JsonValue } from '../contracts/json';
import type { ChatMessage } from '../drivers/llm/llm.port';
import type { Guardrails } from '../guardrails/guardrails.service';
import type { Vaults } from '../guardrails/vaults.service';
import type { Consent } from './consent';

const TOLD =
  'A marker such as <Email-TOKEN-1> stands for a value that is withheld. Where the value belongs, write its marker exactly as it stands.';
/** In JSON within JSON a line ends in the two characters `\n`: to a detector the `n` belongs to the word after it. */
const LINE_END = /(\\+[nrt])/;

/**
 * Keeps values from a model: what the policy wants hidden in a prompt leaves as a token and comes back as the value. The tokens
 * are those of the task; what was hidden in one prompt has the same token in the next. System messages are the program's own.
 */
export class PromptMask {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly vaults: Vaults,
    private readonly taskId: string,
    private readonly consent: Consent,
  ) {}

  /** Errors: `UserError` `policy_violation`, `ApprovalNeeded`, where the policy says so of something in a prompt. */
  hide(messages: readonly ChatMessage[]): ChatMessage[] {
    const hidden = messages.map((message) => this.hidden(message));
    const vault = this.vaults.of(this.taskId);
    return hidden.some(({ role, content }) => role !== 'system' && vault.hasTokenIn(content)) ? told(hidden) : hidden;
  }

  /** A text with placeholders for good: nothing in it is a value that may come back. */
  without(text: string): string {
    return this.guardrails.screen(text, { direction: 'prompt' }).value;
  }

  /** A reply with the values in place of their tokens, then as `look` leaves it. One that is JSON is looked at as such. */
  restoreText(text: string, look: <T extends JsonValue>(value: T) => T): string {
    const json = parsed(text);
    if (json === undefined) return look({ reply: this.restored(text) }).reply;
    const seen = JSON.stringify(look(this.restoreJson(json) as JsonValue));
    return seen === JSON.stringify(json) ? text : seen;
  }

  /** Restored after parsing: a value may hold quotes and line ends. */
  restoreJson(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value), (_, item: unknown) => {
      if (typeof item === 'string') return this.restored(item);
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
      return Object.fromEntries(Object.entries(item).map(([key, child]) => [this.restored(key), child as unknown]));
    }) as unknown;
  }

  /** What a model said may hold a secret of its own making, which must not become a value that comes back. */
  private hidden({ role, content }: ChatMessage): ChatMessage {
    if (role === 'system') return { role, content };
    if (role === 'assistant') return { role, content: this.without(content) };
    const json = parsed(content);
    if (json === undefined) return { role, content: this.inText(content) };
    const changed = JSON.stringify(this.screened(json), (_, item: unknown) =>
      typeof item === 'string' && LINE_END.test(item) ? this.byLines(item) : item,
    );
    return { role, content: changed };
  }

  private inText(text: string): string {
    const screened = this.screened(text);
    return LINE_END.test(screened) ? this.byLines(screened) : screened;
  }

  private byLines(text: string): string {
    return text
      .split(LINE_END)
      .map((piece, index) => (index % 2 === 1 ? piece : this.screened(piece)))
      .join('');
  }

  private screened<T extends JsonValue>(value: T): T {
    return this.consent.admit(this.guardrails.screen(value, { direction: 'prompt', taskId: this.taskId }));
  }

  private restored(text: string): string {
    return this.vaults.of(this.taskId).restore(text);
  }
}

/** Only objects and lists: any other text is prose. */
const parsed = (text: string): JsonValue | undefined => {
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

const told = (messages: ChatMessage[]): ChatMessage[] => {
  const at = messages.findIndex(({ role }) => role === 'system');
  if (at < 0) return [{ role: 'system', content: TOLD }, ...messages];
  return messages.map(({ role, content }, index) => ({
    role,
    content: index === at ? `${content}\n${TOLD}` : content,
  }));
};
