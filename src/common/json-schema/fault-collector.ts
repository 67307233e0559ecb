import type { EvaluationPlugin, ValidationContext } from '@hyperjump/json-schema/experimental';
import * as Instance from '@hyperjump/json-schema/instance/experimental';
import { messagesOf } from './fault-messages';
import type { SchemaFault } from './schema-fault';

type Node = Parameters<NonNullable<EvaluationPlugin['beforeKeyword']>>[0];

/** What is known while a keyword is at work; the library makes one for each. */
interface Context extends ValidationContext {
  keyword?: string;
  instance?: Instance.JsonNode;
  faults?: SchemaFault[];
  /** Schemas of the keyword that the value follows. */
  fitting?: number;
}

/** Keywords of which only the whole is told, and not what their schemas found. */
const WHOLE = new Set(['not', 'contains']);
const REST = /^(additional|unevaluated)(Properties|Items)$/;

/** Gathers what is wrong with a value while the library looks at it; no more than `most`. */
export class FaultCollector implements EvaluationPlugin<Context> {
  faults: readonly SchemaFault[] = [];

  constructor(private readonly most: number) {}

  beforeKeyword([id]: Node, instance: Instance.JsonNode, context: Context): void {
    context.keyword = id.slice(id.lastIndexOf('/') + 1);
    context.instance = instance;
  }

  afterSchema(url: string, instance: Instance.JsonNode, context: Context, isValid: boolean): void {
    if (isValid) context.fitting = (context.fitting ?? 0) + 1;
    else if (context.ast[url] === false) this.add(context, [closed(instance, context)]);
    // The last of all is the whole schema.
    this.faults = context.faults ?? [];
  }

  afterKeyword(
    [, , values]: Node,
    instance: Instance.JsonNode,
    { keyword = '', faults = [], fitting = 0 }: Context,
    isValid: boolean,
    outer: Context,
  ): void {
    if (isValid || (outer.faults?.length ?? 0) >= this.most) return;
    if (keyword === 'propertyNames') this.add(outer, badNames(faults, instance.pointer));
    else if (keyword === 'oneOf' ? fitting === 0 : !WHOLE.has(keyword)) this.add(outer, faults);
    const { pointer } = instance;
    const own = messagesOf(keyword, values, Instance.value(instance)).map((message) => ({ pointer, message }));
    this.add(outer, own);
    if (outer.faults === undefined) this.add(outer, [{ pointer, message: `must follow ${keyword}` }]);
  }

  private add(context: Context, faults: readonly SchemaFault[]): void {
    const all = (context.faults ??= []);
    for (const fault of faults) if (all.length < this.most) all.push(fault);
  }
}

const lastOf = (pointer: string): string =>
  pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');

/** A schema that is `false` says most where it holds for whatever is left over. */
const closed = ({ pointer }: Instance.JsonNode, { keyword = '', instance }: Context): SchemaFault => {
  const [, which, what] = REST.exec(keyword) ?? [];
  if (which === undefined || instance === undefined || keyword === 'additionalItems') {
    return { pointer, message: 'must not be there: its schema is false' };
  }
  const one = what === 'Items' ? `number ${lastOf(pointer)}` : `'${lastOf(pointer)}'`;
  return { pointer: instance.pointer, message: `must NOT have ${which} ${(what ?? '').toLowerCase()}: ${one}` };
};

/** The first fault of each name; the library points to a name by a star before its property. */
const badNames = (faults: readonly SchemaFault[], pointer: string): SchemaFault[] => {
  const first = new Map(faults.toReversed().map((fault) => [fault.pointer, fault.message]));
  return [...first].map(([at, message]) => ({
    pointer,
    message: `must NOT have the property name '${lastOf(at)}': it ${message}`,
  }));
};
