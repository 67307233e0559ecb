import draft6 from 'ajv/dist/refs/json-schema-draft-06.json';
import draft7 from 'ajv/dist/refs/json-schema-draft-07.json';
import schema2019 from 'ajv/dist/refs/json-schema-2019-09/schema.json';
import applicator2019 from 'ajv/dist/refs/json-schema-2019-09/meta/applicator.json';
import content2019 from 'ajv/dist/refs/json-schema-2019-09/meta/content.json';
import core2019 from 'ajv/dist/refs/json-schema-2019-09/meta/core.json';
import format2019 from 'ajv/dist/refs/json-schema-2019-09/meta/format.json';
import metaData2019 from 'ajv/dist/refs/json-schema-2019-09/meta/meta-data.json';
import validation2019 from 'ajv/dist/refs/json-schema-2019-09/meta/validation.json';
import schema2020 from 'ajv/dist/refs/json-schema-2020-12/schema.json';
import applicator2020 from 'ajv/dist/refs/json-schema-2020-12/meta/applicator.json';
import content2020 from 'ajv/dist/refs/json-schema-2020-12/meta/content.json';
import core2020 from 'ajv/dist/refs/json-schema-2020-12/meta/core.json';
import format2020 from 'ajv/dist/refs/json-schema-2020-12/meta/format-annotation.json';
import metaData2020 from 'ajv/dist/refs/json-schema-2020-12/meta/meta-data.json';
import unevaluated2020 from 'ajv/dist/refs/json-schema-2020-12/meta/unevaluated.json';
import validation2020 from 'ajv/dist/refs/json-schema-2020-12/meta/validation.json';
import { type SchemaFault, assertionReader, metaFault } from './assertions';
import { type Draft, dialectOf } from './dialect';
import { Evaluator } from './evaluate';
import { Resources, type Schema } from './resources';

/** What a schema may refer to without carrying it: the schemas of schemas. */
const BUNDLED: readonly { $id: string }[] = [
  draft6,
  draft7,
  ...[schema2019, applicator2019, content2019, core2019, format2019, metaData2019, validation2019],
  ...[schema2020, applicator2020, content2020, core2020, format2020, metaData2020, unevaluated2020, validation2020],
];

/**
 * The check of a JSON Schema. Throws when it cannot be used. It may run for ever, or overflow the stack (`RangeError`), and so
 * may what it returns: only for a thread that can be ended.
 */
export const compile = (schema: Schema, draft?: Draft): ((value: unknown) => SchemaFault[]) => {
  const dialect = dialectOf(schema, draft);
  const fault = metaFault(schema, dialect);
  if (fault !== undefined) throw new Error(fault);
  const resources = new Resources(dialect.draft);
  resources.add(schema);
  const evaluator = new Evaluator(resources, dialect, assertionReader(dialect));
  for (const one of BUNDLED) resources.add(one, one.$id.replace(/#$/, ''));
  evaluator.prepare();
  return (value) => evaluator.faults(schema, value);
};
