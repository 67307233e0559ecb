import '@hyperjump/json-schema/formats';
import '@hyperjump/json-schema/draft-04';
import '@hyperjump/json-schema/draft-06';
import '@hyperjump/json-schema/draft-07';
import '@hyperjump/json-schema/draft-2019-09';
import { setShouldValidateFormat, setShouldValidateSchema } from '@hyperjump/json-schema/draft-2020-12';
import { removeUriSchemePlugin } from '@hyperjump/browser';
import {
  type CompiledSchema,
  buildSchemaDocument,
  compile as compileByLibrary,
  getSchema,
  interpret,
  setFormatHandler,
} from '@hyperjump/json-schema/experimental';
import * as Instance from '@hyperjump/json-schema/instance/experimental';
import { type Draft, dialectOf } from './dialect';
import { FaultCollector } from './fault-collector';
import { KEYWORD, addKeywords } from './keywords';
import type { SchemaFault } from './schema-fault';
import { type Schema, transcribe } from './transcribe';

/** Faults handed back; more than anybody reads. */
const MOST_FAULTS = 20;
/** Address of a schema without an id. */
const NO_ADDRESS = 'json-schema:///';
const META: Readonly<Record<Draft, string>> = {
  '4': 'http://json-schema.org/draft-04/schema',
  '6': 'http://json-schema.org/draft-06/schema',
  '7': 'http://json-schema.org/draft-07/schema',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};
/** Formats that came with later drafts: by their names, nobody means anything else. */
const FORMATS = 'date time duration uuid regex uri-reference uri-template json-pointer relative-json-pointer'.split(
  ' ',
);

// What a schema refers to and does not carry does not exist.
for (const scheme of ['http', 'https', 'file']) removeUriSchemePlugin(scheme);
// Schemas are looked at as they were given, before they are transcribed.
setShouldValidateSchema(false);
addKeywords();
for (const draft of ['04', '06', '07']) {
  for (const format of FORMATS) {
    setFormatHandler(`${KEYWORD}draft-${draft}/format`, format, `https://json-schema.org/format/${format}`);
  }
}

const faultsBy = (compiled: CompiledSchema, value: unknown, assertsFormats: boolean): readonly SchemaFault[] => {
  setShouldValidateFormat(assertsFormats);
  const instance = Instance.fromJs(value as Parameters<typeof Instance.fromJs>[0]);
  // Most values are right, and that is found out in less than half the time when nobody looks on.
  if (interpret(compiled, instance).valid) return [];
  const collector = new FaultCollector(MOST_FAULTS);
  interpret(compiled, instance, { plugins: [collector] });
  return collector.faults;
};

const metaSchemas = new Map<Draft, CompiledSchema>();

/** Why a document is no schema of its draft; nothing when it is one. */
const metaFault = async (schema: Schema, draft: Draft): Promise<string | undefined> => {
  const meta = metaSchemas.get(draft) ?? (await compileByLibrary(await getSchema(META[draft])));
  metaSchemas.set(draft, meta);
  const [fault] = faultsBy(meta, schema, false);
  return fault && `schema is invalid: ${fault.pointer === '' ? 'it' : fault.pointer} ${fault.message}`;
};

const resolved = async (schema: Schema, meta: string): Promise<CompiledSchema> => {
  try {
    const document = buildSchemaDocument(schema as Parameters<typeof buildSchemaDocument>[0], NO_ADDRESS, meta);
    // Known to this one call only: the library's registry is for all, and refuses what calls itself a file.
    const known = { _cache: { [document.baseUri]: document } } as unknown as Parameters<typeof getSchema>[1];
    return await compileByLibrary(await getSchema(document.baseUri, known));
  } catch (error) {
    // A pattern that is none, and a schema without end; all else that the library throws here is an address.
    if (error instanceof SyntaxError || error instanceof RangeError) throw error;
    throw new Error(`can't resolve reference: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/**
 * The check of a JSON Schema, whose faults are the first few. Throws when it cannot be used. It may run for ever, or overflow
 * the stack (`RangeError`), and so may what it returns: only for a thread that can be ended.
 */
export const compile = async (schema: Schema, draft?: Draft): Promise<(value: unknown) => readonly SchemaFault[]> => {
  const dialect = dialectOf(schema, draft);
  const fault = await metaFault(schema, dialect.draft);
  if (fault !== undefined) throw new Error(fault);
  const compiled = await resolved(transcribe(schema, dialect.draft), META[dialect.draft]);
  return (value) => faultsBy(compiled, value, dialect.assertsFormats);
};
