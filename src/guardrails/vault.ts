import type { Match } from '../detection/detection.service';
import type { Hidden } from './hide-everywhere';

const MOST_VALUES = 5_000;
const MOST_LATEST = 200;
const TOKEN = /<[A-Za-z]{1,40}-TOKEN-\d{1,5}>/g;

const LONGEST_NAME = 40;

/** Letters alone, so that a token is no number and no address to a detector. */
const nameOf = ({ label, kind }: Pick<Match, 'label' | 'kind'>): string => {
  const pascal = kind.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
  return (label ?? pascal).replace(/[^A-Za-z]/g, '').slice(0, LONGEST_NAME);
};

/** Values that a model must not see, with the tokens that stand for them. In memory alone; it ends with its task. */
export class Vault {
  private readonly tokens = new Map<string, string>();
  private readonly values = new Map<string, string>();
  private readonly known: Hidden[] = [];

  /** @param numberAfter The number of a token that comes after so many others; asked again for one that is taken. */
  constructor(private readonly numberAfter: (tokens: number) => number = (tokens) => tokens + 1) {}

  /** The token of a value, the same each time; undefined when the vault is full. */
  tokenFor(match: Pick<Match, 'value' | 'label' | 'kind'>): string | undefined {
    const { value, label, kind } = match;
    const known = this.tokens.get(value);
    if (known !== undefined || this.tokens.size >= MOST_VALUES) return known;
    const token = this.freeToken(nameOf(match));
    this.tokens.set(value, token);
    this.values.set(token, value);
    this.known.push({ value, label, kind, placeholder: token });
    return token;
  }

  /** The text with the values again in place of their tokens. Tokens of other tasks, and made-up ones, stay. */
  restore(text: string): string {
    return this.values.size === 0 ? text : text.replace(TOKEN, (token) => this.values.get(token) ?? token);
  }

  /** The latest values, at most 200, with their tokens: so many can be looked for in every line of a prompt. */
  get latest(): Hidden[] {
    return this.known.slice(-MOST_LATEST);
  }

  /** Whether a token stands in a text; also one of another task, or a made-up one. */
  hasTokenIn(text: string): boolean {
    return text.search(TOKEN) >= 0;
  }

  /** Whether the value came in with this task: then it is no news to its owner. */
  knows(value: string): boolean {
    return this.tokens.has(value);
  }

  private freeToken(name: string): string {
    let token: string;
    do token = `<${name}-TOKEN-${this.numberAfter(this.tokens.size)}>`;
    while (this.values.has(token));
    return token;
  }
}
