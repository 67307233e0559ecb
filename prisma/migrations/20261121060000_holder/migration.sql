-- Who gave a task: what it leaves behind (executions, solved problems) belongs to somebody.
ALTER TABLE tasks ADD COLUMN holder varchar(80) NOT NULL DEFAULT '';
