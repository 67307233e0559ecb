/** Other names that clients know the documents' usual collection by. */
const ALIASES = new Map([
  ['retriever_index', 'retriever_memory'],
  ['knowledge_base', 'retriever_memory'],
]);

/** The name a collection is stored under. */
export const collectionNamed = (name: string): string => ALIASES.get(name) ?? name;
