CREATE TABLE IF NOT EXISTS "webhook_deliveries" (
	"id" serial PRIMARY KEY NOT NULL,
	"webhook" text NOT NULL,
	"event_id" bigint NOT NULL,
	"at" bigint NOT NULL,
	"expid" text NOT NULL,
	"kind" text NOT NULL,
	"data" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_attempt_at" bigint,
	"last_error" text,
	"last_attempt_at" bigint
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "webhook_positions" (
	"webhook" text PRIMARY KEY NOT NULL,
	"through" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_attempt_at");