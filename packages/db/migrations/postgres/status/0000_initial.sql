CREATE TABLE IF NOT EXISTS "experiment_status" (
	"exp_id" integer PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"seconds_diff" integer NOT NULL,
	"modified" text NOT NULL
);
