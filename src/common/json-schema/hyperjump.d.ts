// The library names these in `exports` only, which the compiler's `node10` resolution does not read.
declare module '@hyperjump/json-schema/experimental' {
  export * from '@hyperjump/json-schema/lib/experimental';
}
declare module '@hyperjump/json-schema/instance/experimental' {
  export * from '@hyperjump/json-schema/lib/instance';
}
