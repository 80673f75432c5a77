CREATE TABLE IF NOT EXISTS "details" (
	"exp_id" integer PRIMARY KEY NOT NULL,
	"user" text NOT NULL,
	"created" text NOT NULL,
	"model" text NOT NULL,
	"branch" text NOT NULL,
	"hpc" text NOT NULL
);
