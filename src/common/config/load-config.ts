import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { distance } from 'fastest-levenshtein';
import { type Settings, configSchema } from './config.schema';

/** Thrown when the environment cannot be used; `problems` has one line per variable. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

export interface LoadedConfig {
  settings: Settings;
  /** Variables that look like ours but are not, with the name they were probably meant to be. */
  warnings: string[];
}

type Variables = Record<string, string | undefined>;

/** Names are compared within this many edits to call one a misspelling of the other. */
const MAX_EDITS = 2;
const OURS = /^(OCTO|LLM|OPENAI|ANTHROPIC|OLLAMA|DATABASE|POSTGRES|REDIS|QDRANT|ARM|MAX_|TASK_|LOG_|DATA_|SHUTDOWN)/;
/** Well-known variables of the same families that belong to other programs. */
const NOT_OURS =
  /^(OPENAI_ORG_ID|OPENAI_PROJECT_ID|OPENAI_LOG|OLLAMA_HOST|OLLAMA_MODELS|POSTGRES_INITDB_ARGS|POSTGRES_HOST_AUTH_METHOD)$/;

const misspelt = (variables: Variables): string[] => {
  const known = Object.keys(configSchema.shape);
  return Object.keys(variables)
    .filter((name) => !known.includes(name) && !NOT_OURS.test(name))
    .flatMap((name) => {
      const meant = known.find((candidate) => candidate.length > 4 && distance(name, candidate) <= MAX_EDITS);
      if (meant !== undefined) return [`${name} is not a variable of ours and is ignored. Did you mean ${meant}?`];
      return name.startsWith('OCTO_') || name.startsWith('LLM_')
        ? [`${name} is not a variable of ours and is ignored. .env.example lists all of them.`]
        : [];
    });
};

/** Rules that concern more than one variable. */
const contradictions = (settings: Settings): string[] => {
  const problems: string[] = [];
  const hasServerDatabase = settings.DATABASE_URL !== undefined || settings.POSTGRES_HOST !== undefined;
  if (settings.OCTO_ROLE !== 'all' && !hasServerDatabase) {
    problems.push(`OCTO_ROLE=${settings.OCTO_ROLE} needs DATABASE_URL: an embedded database serves one process only.`);
  }
  if (settings.OCTO_ROLE !== 'all' && settings.OCTO_SECRET === undefined) {
    problems.push(
      `OCTO_SECRET: OCTO_ROLE=${settings.OCTO_ROLE} needs it, the same in every process, or none knows the others' keys.`,
    );
  }
  return problems;
};

/**
 * Validates variables against the schema. An empty value counts as unset, as in `.env` files.
 * @throws ConfigError with one line per variable: its name, what is wrong, what is allowed.
 */
export const parseConfig = (variables: Variables): LoadedConfig => {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        const shown = /KEY|PASSWORD|SECRET|URL|PRICES/.test(name)
          ? 'its value'
          : JSON.stringify(given[name]?.slice(0, 60));
        return `${name}: ${shown} is not allowed; give ${issue.message}.`;
      }),
    );
  }
  const problems = contradictions(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems);
  return { settings: parsed.data, warnings: misspelt(given).filter((warning) => OURS.test(warning)) };
};

/** Reads `.env` in the working folder, if there is one, under the process's own environment, which wins. */
export const loadConfig = (): LoadedConfig => {
  const file = resolve('.env');
  const fromFile: Variables = existsSync(file) ? parse(readFileSync(file)) : {};
  return parseConfig({ ...fromFile, ...process.env });
};
