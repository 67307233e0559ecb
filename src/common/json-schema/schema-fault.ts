/** What is wrong with a value, and where: a JSON pointer, empty for the whole. */
export interface SchemaFault {
  pointer: string;
  message: string;
}
