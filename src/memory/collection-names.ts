/** Other names that clients know the documents' usual collection by. */
const ALIASES: Readonly<Partial<Record<string, string>>> = {
  retriever_index: 'retriever_memory',
  knowledge_base: 'retriever_memory',
};

/** The name a collection is stored under. */
export const collectionNamed = (name: string): string => ALIASES[name] ?? name;
