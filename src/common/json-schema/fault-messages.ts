/** More than anybody reads in one message. */
const MOST_VALUES = 20;

type Message<V = unknown> = (values: V, value: unknown) => string[];

const bound =
  (sign: string, strict: string): Message<number | [limit: number, isExclusive?: boolean]> =>
  (values) => {
    const [limit, isExclusive] = typeof values === 'number' ? [values] : values;
    return [`must be ${isExclusive === true ? strict : sign} ${limit}`];
  };
const most =
  (unit: string): Message<number> =>
  (limit) => [`must NOT have more than ${limit} ${unit}`];
const least =
  (unit: string): Message<number> =>
  (limit) => [`must NOT have fewer than ${limit} ${unit}`];
const lacks = (value: unknown, name: string): boolean => !Object.hasOwn(value as object, name);

const neededBeside: Message<[key: string, names: readonly string[] | string][]> = (values, value) =>
  values
    .filter(([key]) => !lacks(value, key))
    .flatMap(([key, names]) =>
      (typeof names === 'string' ? [] : names)
        .filter((name) => lacks(value, name))
        .map((name) => `must have property '${name}' when property '${key}' is present`),
    );

const shown = (text: string): string => {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? value : text;
};

/** A keyword by its name, and what the library made of the keyword's value when it compiled it. */
const MESSAGES = {
  type: (types: string | string[]) => [`must be ${String(types)}`],
  required: (names: string[], value) =>
    names.filter((name) => lacks(value, name)).map((name) => `must have required property '${name}'`),
  enum: (texts: string[]) => {
    const more = texts.length > MOST_VALUES ? ', …' : '';
    return [`must be equal to one of the allowed values: ${texts.slice(0, MOST_VALUES).map(shown).join(', ')}${more}`];
  },
  const: (text: string) => [`must be equal to ${text}`],
  minimum: bound('>=', '>'),
  maximum: bound('<=', '<'),
  exclusiveMinimum: bound('>', '>'),
  exclusiveMaximum: bound('<', '<'),
  multipleOf: (step: number) => [`must be multiple of ${step}`],
  maxLength: most('characters'),
  minLength: least('characters'),
  maxItems: most('items'),
  minItems: least('items'),
  maxProperties: most('properties'),
  minProperties: least('properties'),
  uniqueItems: () => ['must NOT have duplicate items'],
  pattern: ({ source }: { source: string }) => [`must match pattern "${source}"`],
  format: (format: string) => [`must match format "${format}"`],
  dependentRequired: neededBeside,
  dependencies: neededBeside,
  contains: (values: string | { minContains: number; maxContains: number }) => {
    if (typeof values === 'string') return ['must contain at least 1 valid item(s)'];
    const limit = values.maxContains === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${values.maxContains}`;
    return [`must contain at least ${values.minContains}${limit} valid item(s)`];
  },
  not: () => ['must NOT be valid by the schema in not'],
  anyOf: () => ['must match a schema in anyOf'],
  oneOf: () => ['must match exactly one schema in oneOf'],
  // Each keyword compiles to a type of its own; `values` always comes from the keyword of the same name.
} satisfies Record<string, Message<never>>;

/** What is to be said when a value does not follow a keyword, besides what the keyword's own schemas find. */
export const messagesOf = (keyword: string, values: unknown, value: unknown): string[] =>
  Object.hasOwn(MESSAGES, keyword) ? ((MESSAGES as Record<string, Message>)[keyword]?.(values, value) ?? []) : [];
