/** Where PostgreSQL is and how to log in: the part of node-postgres's configuration that the database and queue drivers share. */
export type PostgresLogin = { connectionString: string } | { host: string; user: string; database: string };

/** Known once the database is up. Provided by the database driver; its siblings on the ground floor know only this. */
export abstract class PostgresAddress {
  abstract readonly login: PostgresLogin;
  abstract readonly embedded: boolean;
}
