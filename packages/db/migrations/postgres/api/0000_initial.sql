CREATE TABLE IF NOT EXISTS "audit_entries" (
	"id" serial PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"user" text,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"action" text NOT NULL,
	"expid" text,
	"outcome" text NOT NULL,
	"detail" text,
	"request_id" text NOT NULL,
	"keep_until" bigint
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "user_preferences" (
	"user_id" text PRIMARY KEY NOT NULL,
	"preferred_username" text NOT NULL,
	"created" text NOT NULL,
	"modified" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "worker_cycles" (
	"id" serial PRIMARY KEY NOT NULL,
	"task" text NOT NULL,
	"started_at" bigint NOT NULL,
	"started_by" text NOT NULL,
	"finished_at" bigint,
	"experiments" integer NOT NULL,
	"examined" integer NOT NULL,
	"read" integer NOT NULL,
	"changed" integer NOT NULL,
	"failed" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "worker_failures" (
	"task" text NOT NULL,
	"exp_id" integer NOT NULL,
	"expid" text NOT NULL,
	"message" text NOT NULL,
	"first_failed_at" bigint NOT NULL,
	"failed_at" bigint NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "worker_failures_task_exp_id_pk" PRIMARY KEY("task","exp_id")
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "worker_fingerprints" (
	"task" text NOT NULL,
	"exp_id" integer NOT NULL,
	"fingerprint" text NOT NULL,
	CONSTRAINT "worker_fingerprints_task_exp_id_pk" PRIMARY KEY("task","exp_id")
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "worker_leases" (
	"cycle_id" integer NOT NULL,
	"part" integer NOT NULL,
	"first_exp_id" integer NOT NULL,
	"last_exp_id" integer NOT NULL,
	"holder" text,
	"expires_at" bigint,
	"finished_at" bigint,
	CONSTRAINT "worker_leases_cycle_id_part_pk" PRIMARY KEY("cycle_id","part")
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "worker_tasks" (
	"task" text PRIMARY KEY NOT NULL,
	"enabled" integer NOT NULL,
	"schedule" text NOT NULL,
	"next_run_at" bigint,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS "worker_cycles_open" ON "worker_cycles" USING btree ("task") WHERE finished_at is null;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		RAISE EXCEPTION 'audit entries are never changed';
	END IF;
	IF TG_OP = 'TRUNCATE' THEN
		RAISE EXCEPTION 'audit entries are kept until their time';
	END IF;
	IF OLD.keep_until IS NULL OR OLD.keep_until > extract(epoch FROM now()) * 1000 THEN
		RAISE EXCEPTION 'audit entries are kept until their time';
	END IF;
	RETURN OLD;
END
$$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_entries_unchanged ON audit_entries;
--> statement-breakpoint
CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse();
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_entries_kept ON audit_entries;
--> statement-breakpoint
CREATE TRIGGER audit_entries_kept BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse();
