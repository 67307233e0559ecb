import fastify from 'fastify';
import { Pool } from 'pg';

/**
 * The floor of a submit: Fastify and one durable insert, with nothing checked and nothing decided; and of `POST /process`: a
 * route that answers. Started as a process of its
 * own with the folder of PostgreSQL's socket, the user and the database as arguments; prints the URL it listens on.
 */
const main = async (): Promise<void> => {
  const [host = '', user = '', database = ''] = process.argv.slice(2);
  const pool = new Pool({ host, user, database, max: 10 });
  await pool.query(
    'CREATE TABLE IF NOT EXISTS bench_submits (id bigserial PRIMARY KEY, goal text NOT NULL, body jsonb NOT NULL)',
  );
  const server = fastify();
  server.post('/tasks', async (request, reply) => {
    const body = request.body as { goal: string };
    const { rows } = await pool.query<{ id: string }>(
      'INSERT INTO bench_submits (goal, body) VALUES ($1, $2) RETURNING id',
      [body.goal, JSON.stringify(body)],
    );
    return reply.status(201).send({ task_id: rows[0]?.id, status: 'queued' });
  });
  server.post('/process', (request) => ({ status: 'Success', length: (request.body as { text: string }).text.length }));
  process.stdout.write(`Ready: ${await server.listen({ port: 0, host: '127.0.0.1' })}\n`);
};

void main();
