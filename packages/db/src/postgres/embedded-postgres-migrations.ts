import type { EmbeddedMigration } from "../embedded-migrations.js";
import type { DatabaseName } from "../schema/migrated-tables.js";

/** Written by `generate-migrations.ts` from `migrations/`: change the schema and generate again instead. */
export const POSTGRES_MIGRATIONS: Record<DatabaseName, EmbeddedMigration[]> = {
  main: [
    {
      tag: "0000_initial",
      when: 1795473564794,
      statements: [
        'CREATE TABLE IF NOT EXISTS "details" (\n\t"exp_id" integer PRIMARY KEY NOT NULL,\n\t"user" text NOT NULL,\n\t"created" text NOT NULL,\n\t"model" text NOT NULL,\n\t"branch" text NOT NULL,\n\t"hpc" text NOT NULL\n);',
      ],
    },
  ],
  status: [
    {
      tag: "0000_initial",
      when: 1795473565325,
      statements: [
        'CREATE TABLE IF NOT EXISTS "experiment_status" (\n\t"exp_id" integer PRIMARY KEY NOT NULL,\n\t"name" text NOT NULL,\n\t"status" text NOT NULL,\n\t"seconds_diff" integer NOT NULL,\n\t"modified" text NOT NULL\n);',
      ],
    },
  ],
  api: [
    {
      tag: "0000_initial",
      when: 1795473565807,
      statements: [
        'CREATE TABLE IF NOT EXISTS "audit_entries" (\n\t"id" serial PRIMARY KEY NOT NULL,\n\t"at" bigint NOT NULL,\n\t"user" text,\n\t"kind" text NOT NULL,\n\t"address" text NOT NULL,\n\t"action" text NOT NULL,\n\t"expid" text,\n\t"outcome" text NOT NULL,\n\t"detail" text,\n\t"request_id" text NOT NULL,\n\t"keep_until" bigint\n);',
        'CREATE TABLE IF NOT EXISTS "user_preferences" (\n\t"user_id" text PRIMARY KEY NOT NULL,\n\t"preferred_username" text NOT NULL,\n\t"created" text NOT NULL,\n\t"modified" text NOT NULL\n);',
        'CREATE TABLE IF NOT EXISTS "worker_cycles" (\n\t"id" serial PRIMARY KEY NOT NULL,\n\t"task" text NOT NULL,\n\t"started_at" bigint NOT NULL,\n\t"started_by" text NOT NULL,\n\t"finished_at" bigint,\n\t"experiments" integer NOT NULL,\n\t"examined" integer NOT NULL,\n\t"read" integer NOT NULL,\n\t"changed" integer NOT NULL,\n\t"failed" integer NOT NULL\n);',
        'CREATE TABLE IF NOT EXISTS "worker_failures" (\n\t"task" text NOT NULL,\n\t"exp_id" integer NOT NULL,\n\t"expid" text NOT NULL,\n\t"message" text NOT NULL,\n\t"first_failed_at" bigint NOT NULL,\n\t"failed_at" bigint NOT NULL,\n\t"times" integer NOT NULL,\n\tCONSTRAINT "worker_failures_task_exp_id_pk" PRIMARY KEY("task","exp_id")\n);',
        'CREATE TABLE IF NOT EXISTS "worker_fingerprints" (\n\t"task" text NOT NULL,\n\t"exp_id" integer NOT NULL,\n\t"fingerprint" text NOT NULL,\n\tCONSTRAINT "worker_fingerprints_task_exp_id_pk" PRIMARY KEY("task","exp_id")\n);',
        'CREATE TABLE IF NOT EXISTS "worker_leases" (\n\t"cycle_id" integer NOT NULL,\n\t"part" integer NOT NULL,\n\t"first_exp_id" integer NOT NULL,\n\t"last_exp_id" integer NOT NULL,\n\t"holder" text,\n\t"expires_at" bigint,\n\t"finished_at" bigint,\n\tCONSTRAINT "worker_leases_cycle_id_part_pk" PRIMARY KEY("cycle_id","part")\n);',
        'CREATE TABLE IF NOT EXISTS "worker_tasks" (\n\t"task" text PRIMARY KEY NOT NULL,\n\t"enabled" integer NOT NULL,\n\t"schedule" text NOT NULL,\n\t"next_run_at" bigint,\n\t"updated_at" bigint NOT NULL,\n\t"updated_by" text NOT NULL\n);',
        'CREATE UNIQUE INDEX IF NOT EXISTS "worker_cycles_open" ON "worker_cycles" USING btree ("task") WHERE finished_at is null;',
        "CREATE OR REPLACE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n\tIF TG_OP = 'UPDATE' THEN\n\t\tRAISE EXCEPTION 'audit entries are never changed';\n\tEND IF;\n\tIF TG_OP = 'TRUNCATE' THEN\n\t\tRAISE EXCEPTION 'audit entries are kept until their time';\n\tEND IF;\n\tIF OLD.keep_until IS NULL OR OLD.keep_until > extract(epoch FROM now()) * 1000 THEN\n\t\tRAISE EXCEPTION 'audit entries are kept until their time';\n\tEND IF;\n\tRETURN OLD;\nEND\n$$;",
        "DROP TRIGGER IF EXISTS audit_entries_unchanged ON audit_entries;",
        "CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse();",
        "DROP TRIGGER IF EXISTS audit_entries_kept ON audit_entries;",
        "CREATE TRIGGER audit_entries_kept BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse();",
      ],
    },
  ],
  runners: [
    {
      tag: "0000_initial",
      when: 1795473566194,
      statements: [
        'CREATE TABLE IF NOT EXISTS "runner_processes" (\n\t"id" serial PRIMARY KEY NOT NULL,\n\t"expid" text NOT NULL,\n\t"pid" integer NOT NULL,\n\t"status" text NOT NULL,\n\t"runner" text NOT NULL,\n\t"module_loader" text NOT NULL,\n\t"modules" text NOT NULL,\n\t"created" text NOT NULL,\n\t"modified" text NOT NULL,\n\t"runner_extra_params" text\n);',
      ],
    },
  ],
  events: [
    {
      tag: "0000_initial",
      when: 1795474277935,
      statements: [
        'CREATE TABLE IF NOT EXISTS "journal_bounds" (\n\t"id" integer PRIMARY KEY NOT NULL,\n\t"removed_through" bigint NOT NULL,\n\t"newest" bigint NOT NULL,\n\t"size_bytes" bigint NOT NULL\n);',
        'CREATE TABLE IF NOT EXISTS "journal_events" (\n\t"id" bigint PRIMARY KEY NOT NULL,\n\t"at" bigint NOT NULL,\n\t"expid" text NOT NULL,\n\t"kind" text NOT NULL,\n\t"data" text NOT NULL\n);',
        'CREATE TABLE IF NOT EXISTS "named_leases" (\n\t"name" text PRIMARY KEY NOT NULL,\n\t"holder" text NOT NULL,\n\t"expires_at" bigint NOT NULL\n);',
        'CREATE TABLE IF NOT EXISTS "watched_states" (\n\t"expid" text NOT NULL,\n\t"aspect" text NOT NULL,\n\t"revision" integer NOT NULL,\n\t"fingerprint" text NOT NULL,\n\t"base" text NOT NULL,\n\t"state" text NOT NULL,\n\tCONSTRAINT "watched_states_expid_aspect_pk" PRIMARY KEY("expid","aspect")\n);',
        'CREATE INDEX IF NOT EXISTS "journal_events_expid" ON "journal_events" USING btree ("expid","id");',
      ],
    },
    {
      tag: "0001_webhooks",
      when: 1795475379435,
      statements: [
        'CREATE TABLE IF NOT EXISTS "webhook_deliveries" (\n\t"id" serial PRIMARY KEY NOT NULL,\n\t"webhook" text NOT NULL,\n\t"event_id" bigint NOT NULL,\n\t"at" bigint NOT NULL,\n\t"expid" text NOT NULL,\n\t"kind" text NOT NULL,\n\t"data" text NOT NULL,\n\t"attempts" integer NOT NULL,\n\t"next_attempt_at" bigint,\n\t"last_error" text,\n\t"last_attempt_at" bigint\n);',
        'CREATE TABLE IF NOT EXISTS "webhook_positions" (\n\t"webhook" text PRIMARY KEY NOT NULL,\n\t"through" bigint NOT NULL\n);',
        'CREATE INDEX IF NOT EXISTS "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_attempt_at");',
      ],
    },
  ],
};
