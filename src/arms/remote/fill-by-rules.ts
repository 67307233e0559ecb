import type { JsonObject, JsonValue } from '../../contracts/json';

interface Field {
  name: string;
  schema: JsonObject;
  /** Goal and constraints. */
  text: string;
  goal: string;
}
type Rule = (field: Field) => JsonValue | undefined;

const PLACE = /^(?:location|place|city|town|destination|region|country)(?:_name)?$/;
const WHOLE_GOAL =
  /^(?:query|question|prompt|goal|task|instruction|input|message|text|content|description|topic|subject)$/;
/** One or more capitalised words behind a preposition. */
const PLACE_IN_TEXT =
  /\b(?:for|in|at|near|of|from|to)\s+(\p{Lu}[\p{L}'’-]*(?:[ -](?:(?:de|del|la|am|an der|upon)[ -])?\p{Lu}[\p{L}'’-]*)*)/u;

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
const says = (text: string, word: string): boolean => text.toLowerCase().includes(word);

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `5 days`, `days: 5`, `5-day`. */
const numberNear: Rule = ({ name, text }) => {
  for (const word of wordsOf(name)) {
    const stem = word.replace(/s$/, '');
    if (!/^[a-z0-9]+$/.test(stem)) continue;
    const before = new RegExp(`(\\d+(?:\\.\\d+)?)[\\s-]*${stem}s?\\b`, 'i').exec(text)?.[1];
    const after = new RegExp(`\\b${stem}s?\\s*(?:=|:|is|of)?\\s*(\\d+(?:\\.\\d+)?)`, 'i').exec(text)?.[1];
    if (before !== undefined || after !== undefined) return Number(before ?? after);
  }
  return undefined;
};

/** `include_analysis` is true where analysis is spoken of, false where it is not wanted. */
const wish: Rule = ({ name, text }) => {
  const word = wordsOf(name).findLast((one) => !['include', 'with', 'is', 'has', 'use', 'enable'].includes(one));
  if (word === undefined || !says(text, word)) return undefined;
  return !new RegExp(`\\b(?:no|without|not|skip|exclude)\\s+(?:\\w+\\s+)?${word}`, 'i').test(text);
};

const oneOf: Rule = ({ schema, text }) => {
  if (schema['const'] !== undefined) return schema['const'];
  const choices = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const spoken = choices.filter(
    (choice) => typeof choice === 'string' && choice !== '' && says(text, choice.toLowerCase()),
  );
  return spoken.length === 1 ? spoken[0] : undefined;
};

const wording: Rule = ({ name, schema, text, goal }) => {
  if (schema['format'] === 'uri') return /https?:\/\/[^\s"'<>]+/.exec(text)?.[0];
  const label = wordsOf(name).join('[\\s_-]');
  const labelled = label === '' ? null : new RegExp(`\\b${label}\\s*[:=]\\s*"?([^\\s",;]+)`, 'i').exec(text);
  if (labelled?.[1] !== undefined) return labelled[1];
  if (PLACE.test(name.toLowerCase())) return PLACE_IN_TEXT.exec(goal)?.[1];
  return WHOLE_GOAL.test(name.toLowerCase()) ? goal : undefined;
};

const RULES: Readonly<Record<string, Rule>> = {
  integer: numberNear,
  number: numberNear,
  boolean: wish,
  string: wording,
};

const valueFor = (field: Field): JsonValue | undefined => {
  const { type } = field.schema;
  const types = Array.isArray(type) ? type : [type];
  const known =
    oneOf(field) ??
    types
      .map((one) => (typeof one === 'string' ? RULES[one]?.(field) : undefined))
      .find((value) => value !== undefined);
  return known ?? field.schema['default'];
};

/**
 * A request made of what the goal plainly says: numbers beside the field's name, names of places, choices that are spoken of,
 * defaults of the schema. Whether it satisfies the schema is for the caller to check; fields nothing was found for are missing.
 */
export const fillByRules = (schema: JsonObject, goal: string, constraints: readonly string[]): JsonObject => {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const text = [goal, ...constraints].join('\n');
  const filled = Object.entries(properties).map(([name, property]) => {
    const value = isRecord(property) ? valueFor({ name, schema: property, text, goal }) : undefined;
    return [name, value] as const;
  });
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
};
