CREATE TABLE IF NOT EXISTS "journal_bounds" (
	"id" integer PRIMARY KEY NOT NULL,
	"removed_through" bigint NOT NULL,
	"newest" bigint NOT NULL,
	"size_bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "journal_events" (
	"id" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"expid" text NOT NULL,
	"kind" text NOT NULL,
	"data" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "named_leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "watched_states" (
	"expid" text NOT NULL,
	"aspect" text NOT NULL,
	"revision" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"base" text NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "watched_states_expid_aspect_pk" PRIMARY KEY("expid","aspect")
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "journal_events_expid" ON "journal_events" USING btree ("expid","id");