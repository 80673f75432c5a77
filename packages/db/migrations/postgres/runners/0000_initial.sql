CREATE TABLE IF NOT EXISTS "runner_processes" (
	"id" serial PRIMARY KEY NOT NULL,
	"expid" text NOT NULL,
	"pid" integer NOT NULL,
	"status" text NOT NULL,
	"runner" text NOT NULL,
	"module_loader" text NOT NULL,
	"modules" text NOT NULL,
	"created" text NOT NULL,
	"modified" text NOT NULL,
	"runner_extra_params" text
);
